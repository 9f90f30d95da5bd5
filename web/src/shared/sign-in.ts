import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { signIn } from '../api/calls.js';
import { PageElement } from './element.js';
import { mark } from './icons.js';

/** The sign-in form of both pages. Fires `signed-in` with the user. */
@customElement('tdm-sign-in')
export class SignIn extends PageElement {
  @property() heading = 'Sign in';
  @property() hint = '';
  @state() private problem = '';
  @state() private busy = false;

  override render() {
    return html`
      <form class="sign-in card" @submit=${this.submit}>
        <div class="sign-in-mark">${mark()}<span>Tandem</span></div>
        <h1>${this.heading}</h1>
        ${this.hint ? html`<p class="muted">${this.hint}</p>` : ''}
        <label>User name<input name="userName" autocomplete="username" required spellcheck="false" autocapitalize="none"></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required></label>
        <p class="problem" role="alert">${this.problem}</p>
        <button class="primary" ?disabled=${this.busy}>${this.busy ? 'Signing in…' : 'Sign in'}</button>
      </form>`;
  }

  override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement, data = new FormData(form);
    this.busy = true;
    this.problem = '';
    try {
      const me = await signIn(String(data.get('userName')), String(data.get('password')));
      this.dispatchEvent(new CustomEvent('signed-in', { detail: me }));
    } catch (error) {
      const status = (error as { status?: number }).status;
      this.problem = status === 401 ? 'User name or password is wrong.' : (error as Error).message;
      form.querySelector<HTMLInputElement>('[name=password]')?.select();
    } finally {
      this.busy = false;
    }
  }
}
