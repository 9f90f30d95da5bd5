// Light, dark, or as the system has it. The choice is kept in this browser.
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'tandem.theme';

export function theme(): Theme {
  const kept = read(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function applyTheme(next: Theme = theme()): void {
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
  write(KEY, next);
}

export function isDark(): boolean {
  const chosen = theme();
  return chosen === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** A browser may refuse storage (private windows, policies); the pages then work without memory. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Refused storage costs the reader a preference, nothing else.
  }
}
