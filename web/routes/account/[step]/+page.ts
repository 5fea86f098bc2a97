import { steps } from './steps.ts';

export const entries = () => Object.keys(steps).map((step) => ({ step }));
