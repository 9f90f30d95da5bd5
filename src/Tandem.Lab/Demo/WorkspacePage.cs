using System.Text.Json;
using Tandem.Lab.Browsers;

namespace Tandem.Lab.Demo;

/// <summary>The workspace page as an agent uses it.</summary>
internal sealed class WorkspacePage(ChromiumWindow browser)
{
    internal async Task SignInAsync(string userName, string password, CancellationToken stop)
    {
        await browser.WaitAsync("document.querySelector('tdm-sign-in form')", "the sign-in form", stop);
        await browser.EvaluateAsync($$"""
            (() => {
              const form = document.querySelector('tdm-sign-in form');
              form.elements.userName.value = {{Quote(userName)}};
              form.elements.password.value = {{Quote(password)}};
              form.requestSubmit();
            })()
            """, stop);
        await ClickAsync("[data-role=start-session]", "the button that starts a session", stop);
    }

    internal Task PairedAsync(CancellationToken stop) =>
        browser.WaitAsync("document.querySelector('[data-role=pairing][data-state=paired]')", "that this PC is connected", stop);

    internal Task ReadyAsync(CancellationToken stop) => ClickAsync("[data-operation=Ready]", "the Ready button", stop);

    internal Task AnswerAsync(CancellationToken stop) => ClickAsync("[data-operation=Answer]", "the ringing call", stop);

    internal Task RecordingNoticeAsync(CancellationToken stop) =>
        browser.WaitAsync("document.querySelector('[data-role=recording-notice]')", "the recording notice", stop);

    private async Task ClickAsync(string selector, string what, CancellationToken stop)
    {
        await browser.WaitAsync($"document.querySelector({Quote(selector)})?.disabled === false", what, stop);
        await browser.EvaluateAsync($"document.querySelector({Quote(selector)}).click()", stop);
    }

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
