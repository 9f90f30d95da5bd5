// Tells the recorder on this PC who works here. The page only introduces them: recording never depends on the page.
import { newPairingToken } from '../api/calls.js';

export type PairOutcome =
  | { kind: 'paired' }
  /** The browser forbids this page to speak to this PC. */
  | { kind: 'forbidden' }
  /** Nothing answers at the port. */
  | { kind: 'absent' }
  /** The recorder or the server said no. */
  | { kind: 'refused'; why: string };

export const DEFAULT_PORT = 8090;

/** The port of the recorder, from `?srs=`. */
export function srsPort(search: string): number {
  const port = Number(new URLSearchParams(search).get('srs') ?? DEFAULT_PORT);
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : DEFAULT_PORT;
}

/** What the browser says of pages that speak to this PC; null where it has no such permission. */
export async function loopbackPermission(): Promise<PermissionState | null> {
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      return (await navigator.permissions.query({ name: name as PermissionName })).state;
    } catch {
      // This browser does not know the name; the next may be known.
    }
  }
  return null;
}

/** The one-time code in `#pair=`, by which the program that opened this window vouches for it; taken out of the address. */
export function takeCode(): string | null {
  const code = /^#pair=([\w-]+)$/.exec(location.hash)?.[1] ?? null;
  if (code) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

export async function pair(port: number, code: string | null = null): Promise<PairOutcome> {
  let token: string;
  try {
    token = (await newPairingToken()).token;
  } catch (error) {
    return { kind: 'refused', why: (error as Error).message };
  }
  let answer: Response;
  try {
    answer = await fetch(`http://127.0.0.1:${port}/tandem/pair`, {
      method: 'POST', mode: 'cors', credentials: 'omit', cache: 'no-store',
      headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(code ? { token, code } : { token }), signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return (await loopbackPermission()) === 'denied' ? { kind: 'forbidden' } : { kind: 'absent' };
  }
  if (answer.ok) return { kind: 'paired' };
  const problem = await answer.json().catch(() => null) as { detail?: string; title?: string } | null;
  return { kind: 'refused', why: problem?.detail || problem?.title || `The recorder answered ${answer.status}.` };
}
