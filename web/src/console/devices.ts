import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { listDevices, newEnrolmentToken } from '../api/calls.js';
import type { ApiError } from '../api/client.js';
import type { Device, DeviceHealth } from '../api/desktop-types.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';

/** Administrator's page: the enrolled PCs, and tokens for new ones. */
@customElement('tdm-devices')
export class Devices extends PageElement {
  @state() private devices: Device[] | null = null;
  @state() private token = '';
  @state() private problem = '';
  @state() private copied = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render() {
    return html`<div class="admin-page">
      <header><div><h1>Agent PCs</h1><p class="muted">Each PC has the screen recording service and a key of its own, which it gets once with a token.</p></div>
        <button class="primary" @click=${this.make}>${icon('plus')}New enrolment token</button></header>
      ${this.problem ? html`<p class="problem banner" role="alert">${this.problem}</p>` : nothing}
      ${this.token ? this.how() : nothing}
      ${this.devices?.length ? this.table(this.devices) : this.devices ? html`<div class="empty card"><h2>No PC enrolled yet</h2>
        <p>Make an enrolment token and start the service on the agent’s PC with it.</p></div>` : nothing}
    </div>`;
  }

  private how(): TemplateResult {
    const command = `./tandem-srs run --server ${location.origin} --enrol ${this.token}`;
    return html`<div class="card token" role="status"><h2>Run this on the agent’s PC</h2>
      <p class="muted">The token works once and is not shown again.</p>
      <div class="copy"><code>${command}</code><button @click=${() => this.copy(command)}>${icon(this.copied ? 'check' : 'copy')}${this.copied ? 'Copied' : 'Copy'}</button></div></div>`;
  }

  private table(devices: Device[]): TemplateResult {
    return html`<div class="card scroll"><table><thead><tr><th>PC</th><th>Device</th><th>Agent</th><th>Service</th><th>Health</th><th>State</th></tr></thead><tbody>
      ${devices.map((device) => html`<tr><td><b>${device.hostName ?? ''}</b><br><small class="muted">${device.platform ?? ''}</small></td><td><code>${device.deviceId}</code></td>
        <td>${device.agentId ?? html`<span class="muted">nobody</span>`}</td><td>${device.version ?? ''}</td><td data-role="health">${device.health ? health(device.health) : html`<span class="muted">–</span>`}</td>
        <td>${device.problem ? html`<span class="badge is-missing">${device.problem}</span>` : html`<span class="badge is-${device.connected ? 'available' : 'none'}">${device.connected ? 'connected' : 'not connected'}</span>`}</td></tr>`)}
    </tbody></table></div>`;
  }

  private async load(): Promise<void> {
    try {
      this.devices = await listDevices();
    } catch (error) {
      // Servers of before this list have tokens only.
      if ((error as ApiError).status !== 404) this.problem = (error as Error).message;
    }
  }

  private async make(): Promise<void> {
    this.problem = '';
    try {
      this.token = (await newEnrolmentToken()).token;
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }

  private async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = true;
      setTimeout(() => { this.copied = false; }, 2000);
    } catch {
      this.problem = 'The browser does not let pages copy here: select the line and copy it yourself.';
    }
  }
}

/** Clock against the server's, what waits for it, what the disk has left, pictures left out, processor time since the start. */
function health(health: DeviceHealth): TemplateResult {
  const offset = health.clockOffsetUs / 1e6, mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`;
  return html`clock ${offset >= 0 ? '+' : '−'}${Math.abs(offset).toFixed(3)} s · ${mebibytes(health.spoolBytes)} waiting<br>
    <small class="muted">${mebibytes(health.diskFreeBytes)} free · ${health.framesDropped} pictures left out · ${health.cpuSeconds.toFixed(1)} s processor</small>`;
}
