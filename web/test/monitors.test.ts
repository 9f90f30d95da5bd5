import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Monitor, Screen, ScreenPart } from '../src/api/types.js';
import { layOut } from '../src/player/axis.js';
import { gapReason } from '../src/player/gap.js';
import { marks } from '../src/player/lanes.js';
import { connectedSpans, layoutAt, monitorNames, sources } from '../src/player/monitors.js';
import { screen, START_MS, transfer } from './samples.js';

const left: Monitor = { name: 'DP-1', x: 0, y: 0, width: 1920, height: 1080 };
const right: Monitor = { name: 'HDMI-1', x: 1920, y: 0, width: 1280, height: 1024 };

const part = (startMs: number, monitors: Monitor[], trackPerMonitor = true): ScreenPart => ({
  startMs, durationMs: 10_000, monitors, trackPerMonitor,
  width: Math.max(...monitors.map((each) => each.x + each.width)), height: Math.max(...monitors.map((each) => each.y + each.height)),
});

/** HDMI-1 is pulled out after 10 s and comes back at 20 s below DP-1. */
const tracks = (): Screen => screen('a1', 0, 30, {
  parts: [part(0, [left, right]), part(10_000, [left]), part(20_000, [left, { ...right, x: 0, y: 1080 }])],
  tracks: [{ monitor: 'DP-1', mediaUri: '/l' }, { monitor: 'HDMI-1', mediaUri: '/r' }],
});

const boxes = (of: Screen, ms: number, number: number) =>
  layoutAt(of, ms, number).tiles.map((tile) => [tile.uri, ...[tile.x, tile.y, tile.width, tile.height].map((share) => Math.round(share * 1000) / 1000)]);

test('all monitors stand where they stood at the time, each from its own file', () => {
  const of = tracks();
  assert.deepEqual(sources(of, 0), ['/l', '/r']);
  assert.deepEqual(boxes(of, 5000, 0), [['/l', 0, 0, 0.6, 1], ['/r', 0.6, 0, 0.4, 0.948]]);
  assert.deepEqual(boxes(of, 15_000, 0), [['/l', 0, 0, 1, 1]]);
  assert.deepEqual(boxes(of, 25_000, 0), [['/l', 0, 0, 1, 0.513], ['/r', 0, 0.513, 0.667, 0.487]]);
  assert.equal(layoutAt(of, 15_000, 0).ratio, 1920 / 1080);
});

test('one monitor fills the frame, and nothing of the others is loaded', () => {
  const of = tracks();
  assert.deepEqual(monitorNames(of), ['DP-1', 'HDMI-1']);
  assert.deepEqual(sources(of, 2), ['/r']);
  assert.deepEqual(boxes(of, 5000, 2), [['/r', 0, 0, 1, 1]]);
  assert.equal(layoutAt(of, 5000, 2).ratio, 1280 / 1024);
  assert.deepEqual(boxes(of, 15_000, 2), []);
  assert.deepEqual(sources(of, 3), ['/l', '/r'], 'there is no third: all');
});

test('of one picture the part that is shown says where a monitor is', () => {
  const of = screen('a1', 0, 20, { mediaUri: '/a', parts: [part(0, [left], false), part(10_000, [{ ...right, x: 0 }, { ...left, x: 1280 }], false)] });
  assert.deepEqual(sources(of, 1), ['/a']);
  assert.deepEqual(boxes(of, 5000, 1), [['/a', 0, 0, 1, 1]]);
  assert.deepEqual(boxes(of, 15_000, 1), [['/a', -0.667, 0, 1.667, 1]]);
  assert.deepEqual(boxes(of, 15_000, 0), [['/a', 0, 0, 1, 1]]);
  assert.equal(layoutAt(of, 15_000, 0).ratio, 3200 / 1080);
});

test('a recording that changed its kind shows in each part what is there', () => {
  const of: Screen = { ...tracks(), mediaUri: '/a', parts: [part(0, [left, right]), part(10_000, [left, right], false)] };
  assert.deepEqual(sources(of, 2), ['/a', '/r']);
  assert.deepEqual(boxes(of, 5000, 2), [['/r', 0, 0, 1, 1]]);
  assert.deepEqual(boxes(of, 15_000, 2), [['/a', -1.5, 0, 2.5, 1.055]]);
});

test('where the PC did not say how its monitors stood the whole picture is shown', () => {
  const of = screen('a1', 0, 20, { mediaUri: '/a', parts: [part(0, [left, right], false), { ...part(10_000, [left], false), monitors: [], width: 3200 }] });
  assert.deepEqual(boxes(of, 15_000, 2), [['/a', 0, 0, 1, 1]]);
  assert.equal(gapReason(transfer(), layOut({ ...transfer(), screens: [of] }, START_MS), { screen: of, startMs: 0, stopMs: 20_000 }, 15_000, null, 2), null);
});

test('a monitor that was not connected is told, and when it was', () => {
  const of = tracks(), interaction = { ...transfer(), segments: [], screens: [of], links: [] }, axis = layOut(interaction, START_MS);
  const card = (ms: number, number: number) => gapReason(interaction, axis, axis.screens[0]!, ms, null, number);
  assert.deepEqual(connectedSpans(of, 'HDMI-1'), [{ startMs: 0, stopMs: 10_000 }, { startMs: 20_000, stopMs: 30_000 }]);
  assert.equal(card(15_000, 2)!.title, 'Monitor HDMI-1 was not connected');
  assert.equal(card(15_000, 2)!.why, 'It was from 0:00.0 to 0:10.0, 0:20.0 to 0:30.0.');
  assert.deepEqual([card(5000, 2), card(15_000, 1), card(15_000, 0)], [null, null, null]);
  of.tracks![1]!.problem = 'no such codec';
  assert.equal(card(5000, 2)!.why, 'no such codec');
  assert.deepEqual([boxes(of, 5000, 0), sources(of, 0)], [[['/l', 0, 0, 0.6, 1]], ['/l']]);
});

test('monitors that come and go are marks on the timeline', () => {
  const interaction = { ...transfer(), segments: [], screens: [tracks()], links: [], events: [] };
  assert.deepEqual(marks(interaction, layOut(interaction, START_MS)).map((mark) => [mark.atMs, mark.label]), [
    [10_000, 'Monitor HDMI-1 disconnected · a1'], [20_000, 'Monitor HDMI-1 connected · a1'],
  ]);
});
