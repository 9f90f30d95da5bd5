using Microsoft.Extensions.Logging;
using Tandem.Sip.Messages;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Phones that MCP hears nothing of any more, neither RTP nor RTCP. One that is held need not send, and one that
/// is muted may not; so the phone is asked, and only one that does not answer is taken for dead.</summary>
internal sealed partial class SilentPhones(Switchboard board)
{
    /// <summary>Four repeats of a request over UDP (RFC 3261 section 17.1.2.2).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public const string Reason = "the phone sends no media and does not answer";

    public async Task AskAsync(PhoneLeg phone)
    {
        if (phone.IsOver || phone.Active?.Call.Find(phone.Dn) is not { State: PartyState.Established }) return;
        var asked = phone.Session.RequestAsync(SipMethods.Options);
        await Task.WhenAny(asked, Task.Delay(Patience, board.Time, CancellationToken.None));
        if (phone.IsOver) return;
        if (asked.IsCompletedSuccessfully && (await asked) is { IsLocal: false, StatusCode: not 481 and not 408 })
        {
            LogQuiet(board.Log, phone.Dn);
            return;
        }

        LogDead(board.Log, phone.Dn, Reason);
        board.Ending.PhoneGone(phone, Reason);
    }

    [LoggerMessage(4131, LogLevel.Information, "The phone of {Dn} sends no media but answers: its call stands")]
    private static partial void LogQuiet(ILogger log, string dn);

    [LoggerMessage(4132, LogLevel.Warning, "The call of {Dn} is ended: {Reason}")]
    private static partial void LogDead(ILogger log, string dn, string reason);
}
