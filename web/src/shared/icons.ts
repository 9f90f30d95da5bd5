import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const shapes = {
  play: svg`<path d="M7 4.8v14.4a.8.8 0 0 0 1.2.7l11.4-7.2a.8.8 0 0 0 0-1.4L8.2 4.1A.8.8 0 0 0 7 4.8z" fill="currentColor" stroke="none"/>`,
  pause: svg`<rect x="6" y="4.5" width="4" height="15" rx="1" fill="currentColor" stroke="none"/><rect x="14" y="4.5" width="4" height="15" rx="1" fill="currentColor" stroke="none"/>`,
  voice: svg`<path d="M4 10v4M8 6v12M12 3v18M16 7v10M20 10v4"/>`,
  screen: svg`<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M9 20h6M12 16v4"/>`,
  speaker: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>`,
  muted: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5"/>`,
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  replay: svg`<path d="M4 5v5h5M4.6 10A8 8 0 1 1 4 13.5"/>`,
  forward: svg`<path d="M20 5v5h-5M19.4 10A8 8 0 1 0 20 13.5"/>`,
  stepBack: svg`<path d="M17 5.5L9 12l8 6.5zM6 5v14"/>`,
  stepOn: svg`<path d="M7 5.5L15 12l-8 6.5zM18 5v14"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17"/>`,
  help: svg`<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.6v.1"/>`,
  full: svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4"/>`,
  phone: svg`<path d="M6 3h3l1.5 5-2 1.5a12 12 0 0 0 6 6l1.5-2 5 1.5v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"/>`,
  hangUp: svg`<path d="M3 14.5c-1-1.5-.5-3 1-4 4.5-3 11.5-3 16 0 1.5 1 2 2.5 1 4l-1 1.3-4-1.3v-2.7a12 12 0 0 0-8 0v2.7L4 15.8z"/>`,
  hold: svg`<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>`,
  transfer: svg`<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>`,
  people: svg`<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-4 2.5-6 6-6s6 2 6 6M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.3.7 3.5 2.6 3.5 5.5"/>`,
  pc: svg`<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M2 20h20"/>`,
  list: svg`<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  fit: svg`<path d="M3 5v14M21 5v14M7 12h10M10 9l-3 3 3 3M14 9l3 3-3 3"/>`,
  warn: svg`<path d="M12 4L2.5 20h19zM12 10v4.5M12 17.2v.1"/>`,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  copy: svg`<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof shapes;

/** A picture beside words that already say it, so it is hidden from screen readers. */
export const icon = (name: IconName): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${shapes[name]}</svg>`;

/** The mark: two rings that share a frame. */
export const mark = (): TemplateResult => html`<svg class="mark" viewBox="0 0 40 24" aria-hidden="true" fill="none" stroke-width="3.5">
  <circle class="mark-one" cx="12" cy="12" r="9.5"/><circle class="mark-two" cx="28" cy="12" r="9.5"/>
  <path class="mark-one" d="M19.2 5.8A9.5 9.5 0 0 1 21.5 12"/></svg>`;
