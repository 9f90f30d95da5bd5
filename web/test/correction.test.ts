import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correct, HELD_MS, SkewMeter } from '../src/player/correction.js';

/** Runs a picture beside a perfect sound for some seconds; every frame the page looks once. */
function run(startSkewMs: number, drift: number, seconds: number): { skews: number[]; seeks: number } {
  let skew = startSkewMs, factor = 1, seeks = 0;
  const skews: number[] = [];
  for (let i = 0; i < seconds * 60; i++) {
    const step = correct(skew, factor);
    if (step.kind === 'seek') {
      skew = 0;
      seeks++;
      factor = 1;
    } else factor = step.kind === 'rate' ? step.factor : 1;
    skew += (factor * (1 + drift) - 1) * (1000 / 60);
    skews.push(skew);
  }
  return { skews, seeks };
}

test('a small skew is left alone', () => {
  for (const skew of [0, 10, -10, 24, -24]) assert.deepEqual(correct(skew, 1), { kind: 'none' });
});

test('a picture that is ahead is slowed, one behind is hurried, by 5 %, far off by 15 %', () => {
  assert.deepEqual(correct(45, 1), { kind: 'rate', factor: 0.95 });
  assert.deepEqual(correct(-45, 1), { kind: 'rate', factor: 1.05 });
  assert.deepEqual(correct(-280, 1), { kind: 'rate', factor: 1 + 3 * 0.05 });
});

test('a large skew is sought away', () => {
  assert.equal(correct(301, 1).kind, 'seek');
  assert.equal(correct(-5000, 1.05).kind, 'seek');
});

test('a nudge begun goes on until the picture is right, and then ends', () => {
  assert.deepEqual(correct(15, 0.95), { kind: 'rate', factor: 0.95 });
  assert.deepEqual(correct(15, 0.85), { kind: 'rate', factor: 0.95 });
  assert.deepEqual(correct(5, 0.95), { kind: 'none' });
  assert.deepEqual(correct(-15, 0.95), { kind: 'none' }, 'a nudge does not turn around');
});

test('a picture that drifts by 1 % stays within the promise for ten minutes, without a seek', () => {
  for (const drift of [0.01, -0.01]) {
    const { skews, seeks } = run(0, drift, 600);
    assert.equal(seeks, 0);
    assert.ok(Math.max(...skews.map(Math.abs)) < HELD_MS, `worst ${Math.max(...skews.map(Math.abs))} ms`);
  }
});

test('a picture 250 ms off is within the promise after three seconds', () => {
  const { skews } = run(-250, 0, 10);
  assert.ok(skews.slice(3 * 60).every((skew) => Math.abs(skew) < HELD_MS));
});

test('one stray reading does not count, seven do', () => {
  const meter = new SkewMeter();
  for (const reading of [2, 3, 180, 2, 1]) meter.add(reading);
  assert.equal(meter.value, 2);
  for (let i = 0; i < 7; i++) meter.add(50);
  assert.equal(meter.value, 50);
  meter.clear();
  assert.equal(meter.value, null);
});
