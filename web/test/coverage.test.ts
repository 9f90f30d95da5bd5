import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Interaction } from '../src/api/types.js';
import { layOut } from '../src/player/axis.js';
import { coverage, without } from '../src/player/coverage.js';
import { screen, segment, transfer } from './samples.js';

const of = (interaction: Interaction) => coverage(interaction, layOut(interaction, 0));
const simple = (more: Partial<Interaction>): Interaction => ({ ...transfer(), segments: [segment('s1', 0, 10)], screens: [screen('a1', 0, 10)], links: [], ...more });

test('every instant of a transfer is accounted for, in order and without a hole', () => {
  const { spans } = of(transfer());
  assert.equal(spans[0]!.startMs, 0);
  assert.equal(spans.at(-1)!.stopMs, 78_000);
  spans.slice(1).forEach((span, i) => assert.equal(span.startMs, spans[i]!.stopMs));
});

test('a pause is told with who made it, after-call work is a screen alone', () => {
  const { spans } = of(transfer());
  const paused = spans.filter((span) => span.cover === 'paused');
  assert.deepEqual([paused[0]!.startMs, paused.at(-1)!.stopMs], [16_000, 20_000]);
  assert.match(paused[0]!.why, /paused by Ada/);
  assert.deepEqual(spans.filter((span) => span.cover === 'screen').map((span) => [span.startMs, span.stopMs]), [[70_000, 78_000]]);
});

test('a whole recording counts 100 %, and a pause is no loss', () => {
  const full = of(simple({}));
  assert.equal(full.voiceShare, 1);
  assert.equal(full.screenShare, 1);
  assert.equal(of(simple({ segments: [segment('s1', 0, 10, { pauses: [{ startMs: 1000, stopMs: 9000 }] })] })).voiceShare, 1);
});

test('a missing screen is 0 % with its reason over the whole call', () => {
  const { spans, screenShare, voiceShare } = of(simple({ screens: [], missing: [{ agentId: 'a1', what: 'screen', why: 'the PC was off' }] }));
  assert.equal(screenShare, 0);
  assert.equal(voiceShare, 1);
  assert.deepEqual(spans, [{ startMs: 0, stopMs: 10_000, cover: 'voice', why: 'Screen missing: the PC was off' }]);
});

test('where no screen was wanted, none is missed', () => {
  const { spans, screenShare } = of(simple({ screens: [] }));
  assert.equal(screenShare, null);
  assert.deepEqual(spans.map((span) => span.why), ['']);
});

test('a gap in the voice lowers its share and names the cause', () => {
  const { spans, voiceShare } = of(simple({ segments: [segment('s1', 0, 10, { gaps: [{ startMs: 2000, stopMs: 3000, cause: 'loss' }] })] }));
  assert.equal(voiceShare, 0.9);
  assert.equal(spans.find((span) => span.startMs === 2000)!.why, 'Voice lost: loss');
});

test('what is still on its way is not lost', () => {
  const { spans, screenShare } = of(simple({ screens: [screen('a1', 0, 10, { state: 'uploading' })] }));
  assert.deepEqual(spans.map((span) => [span.cover, span.why]), [['pending', 'Screen is still uploading']]);
  assert.equal(screenShare, 1);
});

test('taking holes out of a span leaves what is around them', () => {
  assert.deepEqual(without({ startMs: 0, stopMs: 10 }, [{ startMs: 8, stopMs: 12 }, { startMs: 2, stopMs: 4 }, { startMs: 3, stopMs: 5 }]),
    [{ startMs: 0, stopMs: 2 }, { startMs: 5, stopMs: 8 }]);
  assert.deepEqual(without({ startMs: 0, stopMs: 10 }, [{ startMs: 0, stopMs: 10 }]), []);
});
