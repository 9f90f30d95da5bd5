import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Interaction } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { read, write } from '../shared/theme.js';
import { act } from './act.js';
import { layOut, type Axis } from './axis.js';
import { coverage, type Coverage } from './coverage.js';
import { Engine, SPEEDS } from './engine.js';
import { Following } from './following.js';
import type { KeyHelp } from './help.js';
import { actionOf, type Action } from './keys.js';
import { marks, type LaneSpan } from './lanes.js';
import { BEGINNING, writeMoment, type Moment } from './moment.js';
import { monitorNames } from './monitors.js';
import { PeakStore } from './peak-store.js';
import type { Stage } from './stage.js';
import type { Timeline } from './timeline.js';
import type { Transport } from './transport.js';
import './details.js';
import './header.js';
import './help.js';
import './stage.js';
import './timeline.js';
import './transport.js';

const RATE_KEY = 'tandem.rate';

/** The playback page of one interaction. */
@customElement('tdm-player')
export class Player extends PageElement {
  @property() callUuid = '';
  /** Where to begin and what to show; outlives the engine. */
  @property({ attribute: false }) moment = BEGINNING;
  @state() private interaction: Interaction | null = null;
  @state() private problem = '';
  @state() private toast = '';
  private axis!: Axis;
  private cover!: Coverage;
  private engine: Engine | null = null;
  private peaks: PeakStore | null = null;
  private shownState = '';
  private following: Following | null = null;
  /** A newer state of the interaction that waits for the reader to pause. */
  private next: Interaction | null = null;
  private readonly onKey = (event: KeyboardEvent) => this.key(event);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.onKey);
    this.following?.stop();
    this.unload();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('callUuid')) this.load();
    else if (changed.has('moment') && this.engine) this.goTo(this.engine);
  }

  override render() {
    if (this.problem) return html`<div class="empty card"><h1>This interaction cannot be shown</h1><p>${this.problem}</p><a class="button" href="#/">Back to the list</a></div>`;
    if (!this.interaction) return html`<div class="empty"><span class="spinner"></span>Loading…</div>`;
    const { interaction, axis, engine } = this;
    return html`<div class="player">
      <tdm-player-header .interaction=${interaction} .cover=${this.cover} .lengthMs=${axis.lengthMs}></tdm-player-header>
      <tdm-stage .interaction=${interaction} .axis=${axis} .shown=${engine?.picture.track ?? null} .agentId=${engine?.agentId ?? null} .monitor=${engine?.monitor ?? 0}
        .timeMs=${Math.floor((engine?.timeMs ?? 0) / 250) * 250} .waiting=${this.waiting}
        @choose-agent=${(event: CustomEvent<string | null>) => this.chooseAgent(event.detail)}
        @choose-monitor=${(event: CustomEvent<number>) => this.chooseMonitor(event.detail)}
        @click=${(event: Event) => (event.target as Element).matches('video') && this.act({ do: 'toggle' })}></tdm-stage>
      <audio data-role="voice" preload="auto"></audio>
      <tdm-transport .playing=${engine?.playing ?? false} .rate=${engine?.rate ?? 1} .lengthMs=${axis.lengthMs} .leader=${engine?.leader ?? 'wall'}
        @act=${(event: CustomEvent<Action>) => this.act(event.detail)} @rate=${(event: CustomEvent<number>) => this.setRate(event.detail)}></tdm-transport>
      <tdm-timeline .interaction=${interaction} .axis=${axis} .cover=${this.cover} .peaks=${this.peaks?.peaks ?? new Map()}
        .heardId=${engine?.sound.track?.segment.id ?? null} .seenId=${engine?.picture.track?.screen.id ?? null}
        @seek=${this.seekTo} @closer=${(event: CustomEvent<number>) => this.peaks?.look(event.detail)} @pick=${this.pick}
        @mix=${(event: CustomEvent<{ channel: number; volume: number }>) => engine?.sound.mixer.set(event.detail.channel, event.detail.volume)}></tdm-timeline>
      <tdm-player-details .interaction=${interaction} .axis=${axis} @seek=${this.seekTo}></tdm-player-details>
      <tdm-key-help></tdm-key-help>
      ${this.toast ? html`<div class="toast" role="status">${this.toast}</div>` : nothing}
    </div>`;
  }

  override updated(): void | undefined {
    const audio = this.querySelector('audio'), frame = this.querySelector<HTMLElement>('.stage-frame');
    if (!this.interaction || this.engine || !audio) return;
    // The frame is the stage's, which renders after its parent.
    if (!frame) return void this.querySelector<Stage>('tdm-stage')?.updateComplete.then(() => this.requestUpdate());
    this.engine = new Engine(this.axis, audio, frame, () => this.tick(), () => this.lost());
    this.engine.rate = SPEEDS.find((speed) => String(speed) === read(RATE_KEY)) ?? 1;
    this.goTo(this.engine);
    this.requestUpdate();
  }

  private goTo(engine: Engine): void {
    ({ agentId: engine.agentId, monitor: engine.monitor } = this.moment);
    if (this.moment.atSeconds > 0) engine.seek(this.moment.atSeconds * 1000);
    else engine.rechoose();
  }

  private momentOf(engine: Engine): Moment {
    return { atSeconds: engine.timeMs / 1000, agentId: engine.agentId, monitor: engine.monitor };
  }

  private load(): void {
    this.unload();
    this.following?.stop();
    this.interaction = null;
    this.problem = '';
    this.following = new Following(this.callUuid, (next) => this.take(next), (why) => { this.problem = why; });
  }

  /** What was still growing is taken anew when it has changed, and the reader stays where he is; not while he listens. */
  private take(interaction: Interaction): void {
    if (this.engine?.playing) {
      this.next = interaction;
      return;
    }
    this.next = null;
    if (this.engine) this.moment = this.momentOf(this.engine);
    this.unload();
    this.axis = layOut(interaction, Date.now());
    this.cover = coverage(interaction, this.axis);
    this.peaks = new PeakStore(this.axis, () => this.requestUpdate());
    this.peaks.start();
    this.interaction = interaction;
    this.requestUpdate();
  }

  private unload(): void {
    this.engine?.close();
    this.engine = null;
    this.shownState = '';
  }

  private get waiting(): boolean {
    const engine = this.engine;
    return !!engine?.playing && ((engine.sound.track !== null && !engine.sound.ready) || (engine.picture.track !== null && !engine.picture.complete && !engine.sound.track));
  }

  /** Every picture: time and skew go straight to where they stand; a render only when something else changed. */
  private tick(): void {
    const engine = this.engine;
    if (!engine) return;
    if (this.next && !engine.playing) return this.take(this.next);
    this.querySelector<Timeline>('tdm-timeline')?.setTime(engine.timeMs);
    this.querySelector<Transport>('tdm-transport')?.setTime(engine.timeMs, engine.picture.skewMs);
    const now = [engine.playing, engine.rate, engine.leader, engine.sound.track?.segment.id, engine.picture.track?.screen.id, engine.agentId, engine.monitor,
      this.waiting, Math.floor(engine.timeMs / 250)].join();
    if (now !== this.shownState) {
      this.shownState = now;
      this.requestUpdate();
    }
  }

  private lost(): void {
    this.cover = coverage(this.interaction!, this.axis);
    this.requestUpdate();
  }

  private key(event: KeyboardEvent): void {
    const at = event.target as Element, typing = at.matches('input:not([type=range]), select, textarea') || at.closest('dialog');
    // Space on a button presses that button; on a volume slider the arrows are the slider's.
    const own = (at.matches('button, a, summary') && (event.key === ' ' || event.key === 'Enter')) || (at.matches('input[type=range]') && /Arrow|Home|End|Page/.test(event.key));
    if (!this.engine || typing || own) return;
    const action = actionOf(event, this.engine.rate);
    if (!action) return;
    event.preventDefault();
    this.act(action);
  }

  private act(action: Action): void {
    const engine = this.engine;
    if (!engine) return;
    act(action, {
      engine,
      eventTimes: () => marks(this.interaction!, this.axis).map((mark) => mark.atMs),
      setRate: (rate) => this.setRate(rate),
      chooseAgent: (agentId) => this.chooseAgent(agentId),
      mute: () => this.mute(),
      showMonitor: (number) => this.chooseMonitor(number),
      zoom: (factor) => this.querySelector<Timeline>('tdm-timeline')?.zoomBy(factor),
      copyLink: () => void this.copyLink(),
      full: () => void this.full(),
      help: () => this.querySelector<KeyHelp>('tdm-key-help')?.toggle(),
    });
  }

  private setRate(rate: number): void {
    this.engine?.setRate(rate);
    write(RATE_KEY, String(rate));
  }

  private mute(): void {
    const audio = this.querySelector('audio')!;
    audio.muted = !audio.muted;
    this.say(audio.muted ? 'Muted' : 'Sound on');
  }

  private chooseAgent(agentId: string | null): void {
    this.engine!.agentId = agentId;
    this.engine!.rechoose();
    this.requestUpdate();
  }

  private chooseMonitor(number: number): void {
    const screen = this.engine?.picture.track?.screen;
    if (!screen || number > monitorNames(screen).length) return;
    this.engine!.monitor = number;
    this.engine!.rechoose();
    this.requestUpdate();
  }

  /** A click on a segment's or a screen's bar chooses it where several lie over one another. */
  private pick(event: CustomEvent<LaneSpan>): void {
    const screen = this.axis.screens.find((track) => track.screen.id === event.detail.id);
    if (screen) return this.chooseAgent(screen.screen.agentId);
    this.engine!.voiceId = event.detail.id;
    this.engine!.rechoose();
  }

  private readonly seekTo = (event: CustomEvent<number>): void => this.engine?.seek(event.detail);

  private async copyLink(): Promise<void> {
    history.replaceState(null, '', `#/i/${encodeURIComponent(this.callUuid)}?${writeMoment(this.momentOf(this.engine!))}`);
    try {
      await navigator.clipboard.writeText(location.href);
      this.say('Link to this moment copied');
    } catch {
      this.say('The link to this moment is in the address bar');
    }
  }

  private async full(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.querySelector('.player')?.requestFullscreen();
  }

  private say(text: string): void {
    this.toast = text;
    setTimeout(() => { this.toast = ''; }, 2500);
  }
}
