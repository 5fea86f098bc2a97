/** The pages of the app, in the order of the navigation; a new page is one entry here. */
import BellRing from '@lucide/svelte/icons/bell-ring';
import Bot from '@lucide/svelte/icons/bot';
import Cable from '@lucide/svelte/icons/cable';
import ChartCandlestick from '@lucide/svelte/icons/chart-candlestick';
import ChartSpline from '@lucide/svelte/icons/chart-spline';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Gauge from '@lucide/svelte/icons/gauge';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import BookOpenCheck from '@lucide/svelte/icons/book-open-check';
import House from '@lucide/svelte/icons/house';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings2 from '@lucide/svelte/icons/settings-2';
import type { Component } from 'svelte';
import { say } from './words/language.ts';

export interface PageEntry {
  readonly href: string;
  readonly label: string;
  readonly icon: Component<{ size?: number }>;
  /** Pressed after G, goes there. */
  readonly key: string;
  /** Not in the phone's bar, which holds four and “More”, where the others are. */
  readonly wideOnly?: true;
}

export const pages: readonly PageEntry[] = [
  { href: '/', label: say`Home`, icon: House, key: 'h' },
  { href: '/prices/', label: say`Prices`, icon: ChartCandlestick, key: 'p', wideOnly: true },
  { href: '/charts/', label: say`Charts`, icon: ChartSpline, key: 'k' },
  { href: '/journal/', label: say`Journal`, icon: BookOpenCheck, key: 'j', wideOnly: true },
  { href: '/market/', label: say`Market`, icon: Gauge, key: 'm', wideOnly: true },
  { href: '/strategies/', label: say`Strategies`, icon: ScrollText, key: 's', wideOnly: true },
  { href: '/backtest/', label: say`Backtest`, icon: FlaskConical, key: 'b' },
  { href: '/optimise/', label: say`Optimise`, icon: Grid3x3, key: 'o', wideOnly: true },
  { href: '/orders/', label: say`Orders`, icon: ListOrdered, key: 't' },
  { href: '/bots/', label: say`Bots`, icon: Bot, key: 'r', wideOnly: true },
  { href: '/alerts/', label: say`Alerts`, icon: BellRing, key: 'a', wideOnly: true },
  { href: '/notes/', label: say`Notes`, icon: NotebookPen, key: 'n', wideOnly: true },
  { href: '/connections/', label: say`Connections`, icon: Cable, key: 'c', wideOnly: true },
  { href: '/settings/', label: say`Settings`, icon: Settings2, key: ',', wideOnly: true },
];

/** Whether `path` lies within the page, for the mark of where one is. */
export function isWithin(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path.startsWith(href);
}
