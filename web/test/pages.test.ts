import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAddress, parseRoute } from '../src/console/route.js';
import { badge, isLive, side } from '../src/console/summary.js';
import { BEGINNING, writeMoment } from '../src/player/moment.js';
import { clock, percent, spoken, words } from '../src/shared/format.js';
import { backOffMs } from '../src/workspace/back-off.js';
import { actions, recordingAction } from '../src/workspace/calls.js';
import { srsPort } from '../src/workspace/pair.js';

const item = { callUuid: 'U', kind: 'voice' as const, start: '2026-11-22T12:00:00.000Z', stop: '2026-11-22T12:01:00.000Z', segments: 1, screens: 1, state: 'available' as const };
const call = { id: '1', state: 'Established', callType: 'Inbound', recordingState: 'On' };

test('an address names a list with filters or an interaction at a time, and says so again', () => {
  assert.deepEqual(parseRoute('#/i/0AB?t=83.2'), { page: 'interaction', callUuid: '0AB', moment: { ...BEGINNING, atSeconds: 83.2 } });
  assert.deepEqual(parseRoute('#/i/0AB?t=soon&monitor=left'), { page: 'interaction', callUuid: '0AB', moment: BEGINNING });
  const moment = { atSeconds: 83.2, agentId: 'a 1', monitor: 2 };
  assert.deepEqual(parseRoute(`#/i/0AB?${writeMoment(moment)}`), { page: 'interaction', callUuid: '0AB', moment });
  const filter = { agentId: 'a 1', from: '2026-11-22T12:00:00.000Z' };
  assert.deepEqual(parseRoute(listAddress(filter)), { page: 'list', filter });
  assert.deepEqual(parseRoute(''), { page: 'list', filter: {} });
});

test('a badge says ready, recording, none, or missing with the reason', () => {
  assert.equal(badge(item, 'screen').state, 'available');
  assert.equal(badge({ ...item, state: 'recording' }, 'voice').state, 'recording');
  assert.deepEqual(badge({ ...item, segments: 0 }, 'voice').label, 'No voice');
  assert.deepEqual(badge({ ...item, screens: 0, missing: [{ what: 'screen', why: 'PC off' }] }, 'screen'), { state: 'missing', label: 'Screen missing', why: 'PC off' });
  assert.equal(badge({ ...item, missing: [{ what: 'screen', why: 'PC off' }] }, 'screen').state, 'part');
});

test('only what grows is live', () => {
  assert.ok(isLive({ ...item, stop: null, state: null }));
  assert.ok(isLive({ ...item, screenState: 'recording' }));
  assert.ok(!isLive(item));
});

test('sides are named once each', () => {
  const parties = [{ dn: '1', agentId: 'a1', name: 'Ada' }, { dn: '2', agentId: 'a1', name: 'Ada' }, { dn: '555', agentId: null }];
  assert.equal(side({ ...item, parties }, true), 'Ada');
  assert.equal(side({ ...item, parties }, false), '555');
});

test('times are written and spoken', () => {
  assert.equal(clock(83_200, true), '1:23.2');
  assert.equal(clock(3_600_000), '1:00:00');
  assert.equal(clock(59_960, true), '0:59.9');
  assert.equal(spoken(3_661_000), '1 hour 1 minute 1 second');
  assert.equal(spoken(0), '0 seconds');
});

test('a share is never rounded up to a whole', () => {
  assert.equal(percent(0.9996), '99.9 %');
  assert.equal(percent(1), '100 %');
  assert.equal(words('EventPartyChanged'), 'party changed');
});

test('a lost socket is opened again later and later, at most every 15 s', () => {
  assert.equal(backOffMs(0, 1), 500);
  assert.equal(backOffMs(3, 0), 2000);
  assert.equal(backOffMs(50, 1), 15_000);
});

test('the recorder’s port comes from the address, a bad one is not used', () => {
  assert.equal(srsPort('?srs=18090'), 18_090);
  for (const bad of ['', '?srs=', '?srs=0', '?srs=65536', '?srs=8090.5', '?srs=x']) assert.equal(srsPort(bad), 8090, bad);
});

test('a call offers what its state allows', () => {
  const names = (state: string, more = {}, others: (typeof call)[] = []) => actions({ ...call, state, ...more }, others).map((action) => action.operation);
  assert.deepEqual(names('Ringing'), ['Answer', 'Hangup']);
  assert.deepEqual(names('Held'), ['Retrieve', 'Hangup']);
  assert.ok(names('Established').includes('SingleStepTransfer'));
  assert.deepEqual(names('Established', { callType: 'Consult' }, [{ ...call, state: 'Held' }]), ['CompleteTransfer', 'CompleteConference', 'Hangup']);
});

test('recording can be paused while on and resumed while paused', () => {
  assert.equal(recordingAction(call)!.operation, 'PauseCallRecording');
  assert.equal(recordingAction({ ...call, recordingState: 'Paused' })!.operation, 'ResumeCallRecording');
  assert.equal(recordingAction({ ...call, recordingState: 'Off' }), null);
});
