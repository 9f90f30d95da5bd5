import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, samplesPerPeak, scaleOf, tooCoarse } from '../src/player/peaks.js';

/** One peak every 100 ms: 0.1, 0.2, 0.3 … on channel 1, the negative of it on channel 2. */
const ramp = {
  samplesPerPeak: 800, rate: 8000,
  channels: [[0, 0.1, 0, 0.2, 0, 0.3, 0, 0.4], [-0.1, 0, -0.2, 0, -0.3, 0, -0.4, 0]],
};

test('each column shows the extremes of its own time', () => {
  assert.deepEqual(columns(ramp, 0, 1, 0, { startMs: 0, endMs: 400 }, 2), [{ low: 0, high: 0.2 }, { low: 0, high: 0.4 }]);
  assert.deepEqual(columns(ramp, 1, 1, 0, { startMs: 0, endMs: 400 }, 4)[2], { low: -0.3, high: 0 });
});

test('a track is drawn where it stands and nowhere else', () => {
  const found = columns(ramp, 0, 1, 200, { startMs: 0, endMs: 800 }, 8);
  assert.deepEqual(found.map((column) => column?.high ?? null), [null, null, 0.1, 0.2, 0.3, 0.4, null, null]);
});

test('looking closer than the peaks repeats a peak rather than inventing one', () => {
  assert.deepEqual(columns(ramp, 0, 1, 0, { startMs: 100, endMs: 200 }, 2).map((column) => column?.high), [0.2, 0.2]);
});

test('peaks of whole numbers are scaled to one', () => {
  assert.equal(scaleOf(ramp), 1);
  const loud = { ...ramp, channels: [[-16384, 16384]] };
  assert.deepEqual(columns(loud, 0, scaleOf(loud), 0, { startMs: 0, endMs: 100 }, 1), [{ low: -0.5, high: 0.5 }]);
});

test('ten hours are asked for in a few thousand peaks', () => {
  const per = samplesPerPeak(36_000_000, 8000, false);
  assert.ok((36_000 * 8000) / per <= 6000);
});

test('finer peaks are asked for only when there are fewer than one a pixel and finer ones to be had', () => {
  const hour = { ...ramp, samplesPerPeak: samplesPerPeak(3_600_000, 8000, false) };
  assert.ok(!tooCoarse(hour, 3_600_000, 3_600_000 / 1200));
  assert.ok(tooCoarse(hour, 3_600_000, 10));
  assert.ok(!tooCoarse({ ...hour, samplesPerPeak: samplesPerPeak(3_600_000, 8000, true) }, 3_600_000, 10));
});
