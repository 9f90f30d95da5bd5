// The public API's JSON as the pages read it. Times are ISO 8601 UTC with milliseconds, spans are milliseconds.

export type Role = 'agent' | 'supervisor' | 'administrator';

export interface Me {
  userName: string;
  roles: Role[];
  agentId: string | null;
  csrfToken?: string | null;
}

export interface Party {
  dn: string;
  agentId?: string | null;
  name?: string | null;
  role?: string | null;
}

/** A span on a medium's own axis, in ms from its start. */
export interface Interval {
  startMs: number;
  stopMs: number;
  cause?: string | null;
}

export type MediaState = 'recording' | 'uploading' | 'available' | 'missing';

export interface Missing {
  agentId?: string | null;
  what: 'screen' | 'voice';
  why: string;
}

export interface InteractionSummary {
  callUuid: string;
  kind: 'voice' | 'non-voice';
  callType?: string | null;
  start: string;
  stop?: string | null;
  durationMs?: number | null;
  ani?: string | null;
  dnis?: string | null;
  parties?: Party[];
  segments?: number;
  screens?: number;
  /** recording while any of its media still grows. */
  state?: MediaState | null;
  voiceState?: MediaState | 'none' | null;
  screenState?: MediaState | 'none' | null;
  missing?: Missing[];
}

export interface InteractionPage {
  interactions: InteractionSummary[];
  next?: string | null;
}

export interface Segment {
  id: string;
  dn: string;
  agents: string[];
  /** Who is on channel 1 and 2. */
  channels: string[];
  start: string;
  stop?: string | null;
  durationMs?: number | null;
  endReason?: string | null;
  mediaId?: string | null;
  mediaUri?: string | null;
  peaksUri?: string | null;
  pauses?: Interval[];
  holds?: Interval[];
  gaps?: Interval[];
  state: MediaState;
}

export interface Monitor {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  primary?: boolean;
}

/** A stretch of a screen recording in which the monitors stayed as they were. */
export interface ScreenPart {
  startMs: number;
  durationMs: number;
  /** Pixels of all monitors together. */
  width: number;
  height: number;
  monitors: Monitor[];
  /** Each monitor has a track of its own; else one picture shows them all. */
  trackPerMonitor: boolean;
}

/** A monitor that has a track of its own. */
export interface MonitorTrack {
  monitor: string;
  mediaUri: string;
  gaps?: Interval[];
  /** Set by the page: why it cannot be played. */
  problem?: string;
}

export interface Screen {
  id: string;
  agentId: string;
  agentName?: string | null;
  start: string;
  stop?: string | null;
  durationMs?: number | null;
  endReason?: string | null;
  mediaId?: string | null;
  mediaUri?: string | null;
  codec?: string | null;
  width?: number | null;
  height?: number | null;
  monitors?: Monitor[];
  parts?: ScreenPart[];
  tracks?: MonitorTrack[];
  pauses?: Interval[];
  gaps?: Interval[];
  clockSkewMs?: number | null;
  state: MediaState;
  problem?: string | null;
}

export interface Link {
  screenId: string;
  callUuid: string;
  segmentId?: string | null;
  screenOffsetMs: number;
  segmentOffsetMs?: number | null;
  lengthMs: number;
  relation: 'primary' | 'overlap' | 'acw';
}

export interface InteractionEvent {
  time: string;
  name: string;
  dn?: string | null;
  otherDn?: string | null;
  detail?: string | null;
}

export interface Interaction {
  callUuid: string;
  kind: 'voice' | 'non-voice';
  callType?: string | null;
  start: string;
  stop?: string | null;
  ani?: string | null;
  dnis?: string | null;
  parties?: Party[];
  segments: Segment[];
  screens: Screen[];
  links: Link[];
  missing?: Missing[];
  events?: InteractionEvent[];
}

/** Lowest and highest sample of each step, in turn, scaled to -1…1 or to -32768…32767. */
export interface Peaks {
  samplesPerPeak: number;
  rate: number;
  channels: number[][];
}

/** RFC 9457. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: Record<string, string[]>;
}
