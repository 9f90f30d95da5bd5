import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOut } from '../src/player/axis.js';
import { gapReason } from '../src/player/gap.js';
import { asTable, callLane, marks, screenLane, stack } from '../src/player/lanes.js';
import { iso, transfer } from './samples.js';

const interaction = { ...transfer(), parties: [{ dn: '70s1', agentId: 'a1', name: 'Ada' }],
  events: [{ time: iso(44), name: 'EventPartyChanged', dn: '70s1', detail: 'transfer' }, { time: iso(500), name: 'EventReleased' }] };
const axis = layOut(interaction, 0);

test('spans that overlap stand in rows of their own', () => {
  assert.deepEqual(stack([{ startMs: 0, stopMs: 10 }, { startMs: 5, stopMs: 20 }, { startMs: 10, stopMs: 30 }]), [0, 1, 0]);
});

test('the call lane has segments, hold and pause; the screen lane after-call work at its place', () => {
  assert.deepEqual(callLane(interaction, axis).map((span) => [span.kind, span.startMs, span.stopMs]),
    [['segment', 0, 44_000], ['hold', 24_000, 42_000], ['pause', 16_000, 20_000], ['segment', 44_000, 70_000]]);
  assert.deepEqual(screenLane(interaction, axis).filter((span) => span.kind === 'acw').map((span) => [span.id, span.startMs, span.stopMs]), [['a2', 70_000, 78_000]]);
});

test('an event is named in words, one of another time is not shown', () => {
  assert.deepEqual(marks(interaction, axis), [{ atMs: 44_000, label: 'party changed · Ada · transfer' }]);
});

test('the table tells everything in order of time', () => {
  const rows = asTable(interaction, axis).map((row) => row.atMs);
  assert.deepEqual(rows, [...rows].sort((a, b) => a - b));
  assert.equal(rows.length, callLane(interaction, axis).length + screenLane(interaction, axis).length + 1);
});

test('where there is no picture, a card says why', () => {
  const shown = axis.screens[0]!;
  assert.equal(gapReason(interaction, axis, shown, 1000, null), null);
  assert.match(gapReason(interaction, axis, shown, 17_000, null)!.why, /Ada/);
  assert.match(gapReason(interaction, axis, null, 5000, 'a2')!.title, /not begun/);
  assert.match(gapReason(interaction, axis, null, 77_999, 'a1')!.title, /has ended/);
  const missing = { ...interaction, screens: [], missing: [{ agentId: 'a1', what: 'screen' as const, why: 'the PC was off' }] };
  assert.deepEqual(gapReason(missing, layOut(missing, 0), null, 0, null)!.why, 'the PC was off');
});
