import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { listAgents, saveAgent } from '../api/calls.js';
import type { Agent } from '../api/desktop-types.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import { words } from '../shared/format.js';

const ROLES = ['agent', 'supervisor', 'administrator'] as const;

/** Administrator's page: who the agents are, on which DN, and what of theirs is recorded. */
@customElement('tdm-agents')
export class Agents extends PageElement {
  @state() private agents: Agent[] | null = null;
  @state() private editing: Partial<Agent> | null = null;
  @state() private problem = '';
  @state() private saving = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render() {
    return html`<div class="admin-page">
      <header><div><h1>Agents</h1><p class="muted">A voice recording on an agent’s DN starts the screen recording, unless the rule says <code>off</code>.</p></div>
        <button class="primary" @click=${() => { this.editing = { roles: ['agent'] }; }}>${icon('plus')}New agent</button></header>
      ${this.problem ? html`<p class="problem banner" role="alert">${this.problem}</p>` : nothing}
      ${this.editing ? this.form(this.editing) : nothing}
      ${this.agents === null ? html`<div class="empty"><span class="spinner"></span></div>` : this.table(this.agents)}
    </div>`;
  }

  private table(agents: Agent[]): TemplateResult {
    if (!agents.length) return html`<div class="empty card"><h2>No agents yet</h2><p>Make the first one: a user name, a password and the DN of the phone.</p></div>`;
    return html`<div class="card scroll"><table><thead><tr><th>Agent</th><th>Name</th><th>DN</th><th>State</th><th>Roles</th><th>Screen recorded</th><th><span class="sr-only">Change</span></th></tr></thead><tbody>
      ${agents.map((agent) => html`<tr><td><b>${agent.agentId}</b><br><small class="muted">${agent.userName}</small></td>
        <td>${[agent.firstName, agent.lastName].filter(Boolean).join(' ')}</td><td><code>${agent.dn ?? ''}</code></td>
        <td>${agent.agentState ? words(agent.agentState) : html`<span class="muted">–</span>`}</td><td>${agent.roles?.join(', ')}</td>
        <td>${agent.recordingWhen === 'off' ? 'never' : agent.recordingWhen ? html`with calls, and when <code>${agent.recordingWhen}</code>` : 'with calls'}${agent.recordAfterCallWork ? ', through after-call work' : ''}</td>
        <td><a class="button quiet" href="#/live/${encodeURIComponent(agent.agentId)}">Watch</a> <button class="quiet" @click=${() => { this.editing = agent; }}>Change</button></td></tr>`)}
    </tbody></table></div>`;
  }

  private form(agent: Partial<Agent>): TemplateResult {
    const isNew = !agent.agentId;
    return html`<form class="card form" @submit=${this.save}>
      <h2>${isNew ? 'New agent' : `Agent ${agent.agentId}`}</h2>
      <label>Agent id<input name="agentId" required pattern="[A-Za-z0-9._\\-]+" .value=${agent.agentId ?? ''} ?readonly=${!isNew}></label>
      <label>User name<input name="userName" required autocomplete="off" .value=${agent.userName ?? ''}></label>
      <label>Password<input name="password" type="password" autocomplete="new-password" ?required=${isNew} placeholder=${isNew ? '' : 'unchanged'}></label>
      <label>DN<input name="dn" .value=${agent.dn ?? ''} inputmode="tel"></label>
      <label>First name<input name="firstName" .value=${agent.firstName ?? ''}></label>
      <label>Last name<input name="lastName" .value=${agent.lastName ?? ''}></label>
      <label class="wide">Also record the screen without a call, when (recordingWhen)<input name="recordingWhen" .value=${agent.recordingWhen ?? ''}
        placeholder="empty: with calls only · off: never · userState(Busy), random(25)"></label>
      <fieldset><legend>Roles</legend>${ROLES.map((role) => html`<label class="check"><input type="checkbox" name="roles" value=${role} .checked=${agent.roles?.includes(role) ?? false}>${role}</label>`)}</fieldset>
      <label class="check"><input type="checkbox" name="recordAfterCallWork" .checked=${agent.recordAfterCallWork ?? false}>Go on through after-call work</label>
      <div class="form-buttons"><button type="button" class="quiet" @click=${() => { this.editing = null; }}>Cancel</button><button class="primary" ?disabled=${this.saving}>Save</button></div>
    </form>`;
  }

  private async load(): Promise<void> {
    try {
      this.agents = await listAgents();
    } catch (error) {
      this.agents ??= [];
      this.problem = (error as Error).message;
    }
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement), text = (name: string) => String(data.get(name) ?? '').trim();
    const agent: Record<string, unknown> = { userName: text('userName'), roles: data.getAll('roles'), recordAfterCallWork: data.has('recordAfterCallWork') };
    for (const name of ['firstName', 'lastName', 'dn', 'recordingWhen']) if (text(name)) agent[name] = text(name);
    if (data.get('password')) agent['password'] = data.get('password');
    this.saving = true;
    this.problem = '';
    try {
      await saveAgent(text('agentId'), agent);
      this.editing = null;
      await this.load();
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.saving = false;
  }
}
