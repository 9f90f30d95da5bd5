import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextSpeed } from '../src/player/act.js';
import { actionOf, KEY_MAP } from '../src/player/keys.js';

const press = (key: string, more = {}) => ({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('play, jumps, pictures', () => {
  assert.deepEqual(actionOf(press(' '), 1), { do: 'toggle' });
  assert.deepEqual(actionOf(press('K'), 1), { do: 'toggle' });
  assert.deepEqual(actionOf(press('ArrowLeft'), 1), { do: 'by', ms: -5000 });
  assert.deepEqual(actionOf(press('ArrowRight', { shiftKey: true }), 4), { do: 'by', ms: 1000 });
  assert.deepEqual(actionOf(press(','), 1), { do: 'frame', by: -1 });
});

test('a jump is longer at higher speed and never shorter at lower', () => {
  assert.deepEqual(actionOf(press('l'), 2), { do: 'by', ms: 20_000 });
  assert.deepEqual(actionOf(press('l'), 0.5), { do: 'by', ms: 10_000 });
});

test('the browser’s own shortcuts are left to it', () => {
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) assert.equal(actionOf(press('f', more), 1), null);
  assert.equal(actionOf(press('q'), 1), null);
});

test('every key that the help names does something', () => {
  const names: Record<string, string> = { Space: ' ', '←': 'ArrowLeft', '→': 'ArrowRight', '1–9': '1', '−': '-' };
  for (const key of KEY_MAP.flatMap((row) => row.keys)) {
    const bare = key.replace('Shift ', '');
    assert.ok(actionOf(press(names[bare] ?? bare, { shiftKey: key.startsWith('Shift') }), 1), key);
  }
});

test('speeds go up and down their list and stop at its ends', () => {
  assert.equal(nextSpeed(1, 1), 1.25);
  assert.equal(nextSpeed(4, 1), 4);
  assert.equal(nextSpeed(0.5, -1), 0.5);
});
