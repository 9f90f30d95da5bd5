// Carries out what a key or a button asks of the player.
import { Engine, FRAME_MS, SPEEDS } from './engine.js';
import type { Action } from './keys.js';

/** The parts of the page that an action may move, beside the engine. */
export interface Board {
  readonly engine: Engine;
  /** Instants of the events, in order. */
  eventTimes(): number[];
  setRate(rate: number): void;
  chooseAgent(agentId: string | null): void;
  mute(): void;
  showMonitor(number: number): void;
  zoom(factor: number): void;
  copyLink(): void;
  full(): void;
  help(): void;
}

export function act(action: Action, board: Board): void {
  const { engine } = board;
  switch (action.do) {
    case 'toggle': return engine.toggle();
    case 'by': return engine.seek(engine.timeMs + action.ms);
    case 'to': return engine.seek(action.share * engine.axis.lengthMs);
    case 'frame':
      engine.pause();
      return engine.seek(engine.timeMs + action.by * FRAME_MS);
    case 'speed': return board.setRate(nextSpeed(engine.rate, action.by));
    case 'event': return toEvent(board, action.by);
    case 'agent': return nextAgent(board);
    case 'mute': return board.mute();
    case 'monitor': return board.showMonitor(action.number);
    case 'zoom': return board.zoom(action.factor);
    case 'copy': return board.copyLink();
    case 'full': return board.full();
    case 'help': return board.help();
  }
}

export function nextSpeed(rate: number, by: number): number {
  const at = SPEEDS.findIndex((speed) => speed >= rate);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? SPEEDS.length - 1 : at) + by))]!;
}

/** Going back, an event just passed is passed again, or one could never get behind it while playing. */
function toEvent({ engine, eventTimes }: Board, by: number): void {
  const all = eventTimes();
  const to = by > 0 ? all.find((at) => at > engine.timeMs + 50) : all.findLast((at) => at < engine.timeMs - 500);
  if (to !== undefined) engine.seek(to);
}

function nextAgent({ engine, chooseAgent }: Board): void {
  const all = [null, ...new Set(engine.axis.screens.map((track) => track.screen.agentId))];
  chooseAgent(all[(all.indexOf(engine.agentId) + 1) % all.length]!);
}
