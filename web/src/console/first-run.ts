import { html, nothing, type TemplateResult } from 'lit';

/** What an empty installation says: the way to the first recording. */
export const firstRun = (admin: boolean): TemplateResult => html`
  <div class="empty card first-run">
    <h1>No interactions yet</h1>
    <p class="muted">Every recorded call appears here while it is still going on. Until then:</p>
    <ol>
      ${admin ? html`
        <li><b>Make an agent.</b> <a href="#/agents">Agents</a>: a user name, a password and the DN of the phone.</li>
        <li><b>Set up the agent’s PC.</b> <a href="#/devices">Agent PCs</a>: make an enrolment token and start <code>tandem-srs run</code> there with it.</li>` : nothing}
      <li><b>Sign the agent in</b> at <a href="/workspace/">the workspace</a>, on that PC.</li>
      <li><b>Call the agent.</b> Voice and screen are recorded from the first second and play here, in step.</li>
    </ol>
    <p class="muted">To see all of it without a phone: <code>./run</code> plays a call with a simulated agent and customer.</p>
  </div>`;
