/** What a new strategy in TypeScript begins with can be run as it stands. */
import { expect, it } from 'vitest';
import { readCode } from '#core/code/read-code.ts';
import { codeTemplate } from './template.ts';

it('reads without a problem and declares its inputs', () => {
  const { program, problems } = readCode(codeTemplate);
  expect(problems).toEqual([]);
  expect(program?.inputs.map(({ name }) => name)).toEqual(['fast', 'slow', 'risk']);
});
