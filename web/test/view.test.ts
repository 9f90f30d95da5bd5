import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, pan, ticks, whole, zoom } from '../src/player/view.js';

test('looking closer keeps the instant under the pointer where it is', () => {
  const near = zoom(whole(60_000), 60_000, 15_000, 0.5);
  assert.deepEqual(near, { startMs: 7500, endMs: 37_500 });
});

test('one may look no closer than a second and no wider than everything', () => {
  assert.deepEqual(zoom(whole(60_000), 60_000, 30_000, 1e-9), { startMs: 29_500, endMs: 30_500 });
  assert.deepEqual(zoom({ startMs: 5000, endMs: 6000 }, 60_000, 5500, 1e9), { startMs: 0, endMs: 60_000 });
});

test('the view stays within the interaction', () => {
  assert.deepEqual(pan({ startMs: 0, endMs: 1000 }, 5000, -500), { startMs: 0, endMs: 1000 });
  assert.deepEqual(pan({ startMs: 3900, endMs: 4900 }, 5000, 500), { startMs: 4000, endMs: 5000 });
});

test('the view turns a page when the playhead leaves it', () => {
  const view = { startMs: 0, endMs: 1000 };
  assert.equal(follow(view, 9000, 900), view);
  assert.deepEqual(follow(view, 9000, 1001), { startMs: 1001, endMs: 2001 });
});

test('the ruler counts in steps that people count in', () => {
  assert.deepEqual(ticks(whole(78_000), 10), { stepMs: 10_000, at: [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000] });
  assert.equal(ticks(whole(36_000_000), 10).stepMs, 3_600_000);
});
