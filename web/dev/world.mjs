// The mock server's interactions: what the real one says in the plan's JSON.
const base = Date.now() - 40 * 60_000;
const iso = (seconds) => new Date(base + seconds * 1000).toISOString();

const media = (id) => ({ mediaId: `${id}.wav`, mediaUri: `/api/v2/recordings/U/play/${id}.wav`, peaksUri: `/api/v2/recordings/U/peaks/${id}.json` });
const picture = (id) => ({ mediaId: `${id}.mp4`, mediaUri: `/api/v2/screen-recordings/${id}/content/${id}.mp4`, codec: 'vp09.00.40.08', width: 1280, height: 720, clockSkewMs: 0.4 });
const parties = [
  { dn: '5550001', agentId: null, name: 'Charles Babbage', role: 'customer' },
  { dn: '7001', agentId: 'a1', name: 'Ada Lovelace', role: 'agent' },
  { dn: '7002', agentId: 'a2', name: 'Grace Hopper', role: 'agent' },
];

const id = (digit) => digit.repeat(32);
export const transfer = {
  callUuid: '0A1B2C3D4E5F60718293A4B5C6D7E8F9', kind: 'voice', callType: 'Inbound', start: iso(0), stop: iso(70), ani: '5550001', dnis: '7001', parties,
  segments: [
    { id: 's1', dn: '7001', agents: ['a1'], channels: ['7001', '5550001'], start: iso(0), stop: iso(44), durationMs: 44_000, endReason: 'callEnded', ...media('s1'),
      pauses: [{ startMs: 16_000, stopMs: 20_000, cause: 'Ada Lovelace' }], holds: [{ startMs: 24_000, stopMs: 42_000, cause: '7001' }], gaps: [], state: 'available' },
    { id: 's2', dn: '7002', agents: ['a2'], channels: ['7002', '5550001'], start: iso(44), stop: iso(70), durationMs: 26_000, endReason: 'callEnded', ...media('s2'), pauses: [], holds: [], gaps: [], state: 'available' },
  ],
  screens: [
    { id: 'a1', agentId: 'a1', agentName: 'Ada Lovelace', start: iso(0.12), stop: iso(46.12), durationMs: 46_000, endReason: 'callEnded', ...picture('a1'),
      monitors: [{ name: 'DP-1', x: 0, y: 0, width: 640, height: 720, primary: true }, { name: 'DP-2', x: 640, y: 0, width: 640, height: 720, primary: false }],
      pauses: [{ startMs: 15_880, stopMs: 19_880, cause: 'Ada Lovelace' }], gaps: [], state: 'available', problem: null },
    { id: 'a2', agentId: 'a2', agentName: 'Grace Hopper', start: iso(26), stop: iso(78), durationMs: 52_000, endReason: 'afterCallWorkEnded', ...picture('a2'), monitors: [], pauses: [], gaps: [], state: 'available', problem: null },
  ],
  links: [
    { screenId: 'a1', callUuid: '0A1B2C3D4E5F60718293A4B5C6D7E8F9', segmentId: 's1', screenOffsetMs: 0, segmentOffsetMs: 120, lengthMs: 43_880, relation: 'primary' },
    { screenId: 'a2', callUuid: id('C'), segmentId: 'consult', screenOffsetMs: 0, segmentOffsetMs: 0, lengthMs: 18_000, relation: 'primary' },
    { screenId: 'a2', callUuid: '0A1B2C3D4E5F60718293A4B5C6D7E8F9', segmentId: 's2', screenOffsetMs: 18_000, segmentOffsetMs: 0, lengthMs: 26_000, relation: 'overlap' },
    { screenId: 'a2', callUuid: '0A1B2C3D4E5F60718293A4B5C6D7E8F9', segmentId: null, screenOffsetMs: 44_000, segmentOffsetMs: null, lengthMs: 8_000, relation: 'acw' },
  ],
  missing: [],
  events: [
    { time: iso(0), name: 'EventEstablished', dn: '7001', otherDn: '5550001', detail: '' }, { time: iso(16), name: 'EventRecording', dn: '7001', detail: 'paused' },
    { time: iso(20), name: 'EventRecording', dn: '7001', detail: 'resumed' }, { time: iso(24), name: 'EventHeld', dn: '7001', otherDn: '5550001' },
    { time: iso(26), name: 'EventDialing', dn: '7001', otherDn: '7002', detail: 'consultation' }, { time: iso(44), name: 'EventPartyChanged', dn: '7002', otherDn: '5550001', detail: 'transfer completed' },
    { time: iso(70), name: 'EventReleased', dn: '7002', otherDn: '5550001' }, { time: iso(78), name: 'EventAgentReady', dn: '7002' },
  ],
};

const consult = { ...transfer, callUuid: id('C'), callType: 'Consult', start: iso(26), stop: iso(44), ani: '7001', dnis: '7002', parties: parties.slice(1),
  segments: [{ id: 'consult', dn: '7001', agents: ['a1', 'a2'], channels: ['7001', '7002'], start: iso(26), stop: iso(44), durationMs: 18_000, endReason: 'callEnded', ...media('consult'), pauses: [], holds: [], gaps: [], state: 'available' }],
  events: [{ time: iso(26), name: 'EventEstablished', dn: '7001', otherDn: '7002' }] };

const noScreen = { ...transfer, callUuid: id('7'), start: iso(-3600), stop: iso(-3574), screens: [], links: [], parties: [parties[0], parties[2]],
  segments: [{ ...transfer.segments[1], start: iso(-3600), stop: iso(-3574) }], events: [],
  missing: [{ agentId: 'a2', what: 'screen', why: 'no screen recorder was signed in for Grace Hopper' }] };

const nonVoice = { ...transfer, callUuid: '6f1c2a34-8d1f-4d5a-9f0e-0c5a1b2c3d4e', kind: 'non-voice', callType: null, ani: null, dnis: null, start: iso(-90_000), stop: iso(-89_954),
  parties: [parties[1]], segments: [], screens: [{ ...transfer.screens[0], start: iso(-90_000), stop: iso(-89_954), pauses: [], endReason: 'stateEnded' }], links: [], events: [] };

const live = { ...transfer, callUuid: id('9'), start: new Date(Date.now() - 83_000).toISOString(), stop: null, parties: [parties[0], parties[1]], links: [], events: [],
  segments: [{ ...transfer.segments[0], id: 'live', start: new Date(Date.now() - 83_000).toISOString(), stop: null, durationMs: null, endReason: null, state: 'recording', pauses: [], holds: [] }],
  screens: [{ ...transfer.screens[0], id: 'live', start: new Date(Date.now() - 82_900).toISOString(), stop: null, durationMs: null, endReason: null, state: 'recording', pauses: [] }] };

export const interactions = [live, transfer, consult, noScreen, nonVoice];

export const summary = (one) => ({
  callUuid: one.callUuid, kind: one.kind, callType: one.callType, start: one.start, stop: one.stop, ani: one.ani, dnis: one.dnis, parties: one.parties,
  durationMs: one.stop ? Date.parse(one.stop) - Date.parse(one.start) : null, segments: one.segments.length, screens: one.screens.length,
  state: [...one.segments, ...one.screens].some((medium) => medium.state === 'recording') ? 'recording' : 'available', missing: one.missing,
});

export const agents = [
  { agentId: 'a1', userName: 'ada', firstName: 'Ada', lastName: 'Lovelace', dn: '7001', roles: ['agent'], recordAfterCallWork: false, agentState: 'Ready' },
  { agentId: 'a2', userName: 'grace', firstName: 'Grace', lastName: 'Hopper', dn: '7002', roles: ['agent', 'supervisor'], recordingWhen: 'userState(Busy)', recordAfterCallWork: true, agentState: 'AfterCallWork' },
];

export const devices = [
  { deviceId: 'd-19f0', hostName: 'desk-17', platform: 'Debian 12', version: '0.1.0', connected: true, agentId: 'a1' },
  { deviceId: 'd-2c41', hostName: 'desk-22', platform: 'Debian 12', version: '0.1.0', connected: false, agentId: null },
];
