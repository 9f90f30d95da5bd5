import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers, layOut, placed, screenAt, voiceAt } from '../src/player/axis.js';
import { iso, screen, segment, START_MS, transfer } from './samples.js';

const axis = layOut(transfer(), START_MS + 1e6);

test('a screen stands where its link to a segment puts it, not where the PC’s clock says', () => {
  assert.deepEqual(axis.screens.map((track) => [track.screen.id, track.startMs, track.stopMs]), [['a1', 120, 46_120], ['a2', 26_000, 78_000]]);
});

test('a link to a segment of another call does not place a screen here', () => {
  const interaction = transfer();
  interaction.links[1]!.segmentOffsetMs = 9999;
  assert.equal(layOut(interaction, 0).screens[1]!.startMs, 26_000);
});

test('the axis begins at the first and ends with the last medium', () => {
  assert.equal(axis.originMs, START_MS);
  assert.equal(axis.lengthMs, 78_000);
});

test('a screen that began before the voice pushes the voice on', () => {
  const early = layOut({ ...transfer(), links: [], screens: [screen('a1', -2, 40)] }, 0);
  assert.equal(early.originMs, START_MS - 2000);
  assert.equal(early.voices[0]!.startMs, 2000);
});

test('what still grows ends now', () => {
  const live = layOut({ ...transfer(), screens: [], segments: [segment('s1', 0, 0, { stop: null, durationMs: null, state: 'recording' })] }, START_MS + 5000);
  assert.equal(live.lengthMs, 5000);
});

test('an interaction without any medium has an axis all the same', () => {
  const none = layOut({ ...transfer(), segments: [], screens: [], links: [], start: iso(0), stop: iso(3) }, 0);
  assert.equal(none.lengthMs, 3000);
});

test('the voice goes over to the next segment at the transfer, and to none after the call', () => {
  assert.equal(voiceAt(axis, 43_999, null, null)!.segment.id, 's1');
  assert.equal(voiceAt(axis, 44_000, null, 's1')!.segment.id, 's2');
  assert.equal(voiceAt(axis, 70_000, null, 's2'), null);
});

test('where two segments lie over one another, the chosen one is heard, else the one already heard', () => {
  const both = layOut({ ...transfer(), screens: [], segments: [segment('s1', 0, 60), segment('s2', 30, 60)] }, 0);
  assert.equal(voiceAt(both, 40_000, 's2', 's1')!.segment.id, 's2');
  assert.equal(voiceAt(both, 40_000, null, 's2')!.segment.id, 's2');
  assert.equal(voiceAt(both, 10_000, 's2', null)!.segment.id, 's1');
});

test('what cannot be played is not chosen', () => {
  const gone = layOut({ ...transfer(), segments: [segment('s1', 0, 44, { state: 'uploading' })] }, 0);
  assert.equal(voiceAt(gone, 1000, null, null), null);
});

test('the screen follows the agent who is heard, stays until it ends, and obeys the choice', () => {
  assert.equal(screenAt(axis, 30_000, null, axis.voices[0]!, null)!.screen.id, 'a1');
  assert.equal(screenAt(axis, 45_000, null, axis.voices[1]!, 'a1')!.screen.id, 'a1');
  assert.equal(screenAt(axis, 47_000, null, axis.voices[1]!, 'a1')!.screen.id, 'a2');
  assert.equal(screenAt(axis, 30_000, 'a2', axis.voices[0]!, 'a1')!.screen.id, 'a2');
  assert.equal(screenAt(axis, 10_000, 'a2', axis.voices[0]!, null), null);
});

test('a screen that begins in a moment is made ready, a later one is not', () => {
  assert.equal(screenAt(axis, 0, null, axis.voices[0]!, null)!.screen.id, 'a1');
  assert.equal(screenAt(axis, 24_100, 'a2', null, null)!.screen.id, 'a2');
  assert.equal(screenAt(axis, 23_900, 'a2', null, null), null);
});

test('pauses are placed on the common axis and cut to their medium', () => {
  assert.deepEqual(placed({ startMs: 120, stopMs: 5000 }, [{ startMs: 4000, stopMs: 9000 }, { startMs: 6000, stopMs: 7000 }]),
    [{ startMs: 4120, stopMs: 5000, cause: null }]);
});

test('a span covers its first instant and not its last', () => {
  assert.ok(covers({ startMs: 5, stopMs: 9 }, 5));
  assert.ok(!covers({ startMs: 5, stopMs: 9 }, 9));
});
