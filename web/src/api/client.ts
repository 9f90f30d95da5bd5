import type { Problem } from './types.js';

/** What the server refused and why, in a sentence for the user. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly problem: Problem | null) {
    super(message);
  }
}

/** Fired on the window when the server does not (any longer) know the user. */
export const SIGNED_OUT = 'tandem-signed-out';

let csrfToken: string | null = null;

/** The token of the session; every request that changes something carries it. */
export function useCsrfToken(token: string | null | undefined): void {
  csrfToken = token ?? null;
}

/** Asks the API and gives the JSON of the answer, or undefined where it has none. Throws ApiError. */
export async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrfToken) headers['X-CSRF-TOKEN'] = csrfToken;
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;

  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'The server cannot be reached.', null);
  }
  const text = await answer.text();
  const json = text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
  if (!answer.ok) {
    if (answer.status === 401) window.dispatchEvent(new Event(SIGNED_OUT));
    const problem = (json ?? null) as Problem | null;
    throw new ApiError(answer.status, problem?.detail || problem?.title || plainStatus(answer.status), problem);
  }
  return json as T;
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>('GET', path, undefined, signal);
export const post = <T>(path: string, body: unknown = {}): Promise<T> => request<T>('POST', path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, body);

function plainStatus(status: number): string {
  if (status === 401) return 'You are signed out.';
  if (status === 403) return 'You have no right to do this.';
  if (status === 404) return 'This does not exist (any more).';
  return `The server answered ${status}.`;
}
