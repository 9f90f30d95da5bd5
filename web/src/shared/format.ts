/** 83200 → "1:23", with tenths "1:23.2"; hours appear when there are any. */
export function clock(ms: number, tenths = false): string {
  const whole = Math.max(0, tenths ? Math.floor(ms / 100) : Math.round(ms / 1000) * 10);
  const seconds = Math.floor(whole / 10), h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${h ? `${h}:${two(m)}` : m}:${two(s)}${tenths ? `.${whole % 10}` : ''}`;
}

/** 83200 → "1 minute 23 seconds", for a screen reader. */
export function spoken(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: [number, string][] = [[Math.floor(seconds / 3600), 'hour'], [Math.floor(seconds / 60) % 60, 'minute'], [seconds % 60, 'second']];
  const said = parts.filter(([n], i) => n || (i === 2 && seconds === 0)).map(([n, word]) => `${n} ${word}${n === 1 ? '' : 's'}`);
  return said.join(' ');
}

/** UTC ISO → "14:03:22" of the reader's own zone. */
export function timeOfDay(iso: string | number): string {
  return new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}

/** "Today", "Yesterday" or the date. */
export function day(iso: string, now: Date): string {
  const then = new Date(iso);
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return then.toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** 0.9996 → "99.9 %": never rounded up to a whole that it is not. */
export function percent(share: number): string {
  const tenths = Math.floor(share * 1000) / 10;
  return `${tenths === Math.floor(tenths) ? tenths.toFixed(0) : tenths.toFixed(1)} %`;
}

/** "callEnded" → "call ended", "EventPartyChanged" → "party changed". */
export function words(name: string): string {
  return name.replace(/^Event/, '').replace(/([a-z])([A-Z])/g, '$1 $2').replace(/-/g, ' ').toLowerCase();
}

/** ISO of a `datetime-local` field's value, which is in the reader's zone; empty when the field is. */
export function isoOfLocal(value: string): string {
  const date = new Date(value);
  return value && !Number.isNaN(date.getTime()) ? date.toISOString() : '';
}
