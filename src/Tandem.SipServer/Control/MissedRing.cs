using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Control;

/// <summary>A party that was rung and did not take the call, and why.</summary>
/// <param name="Status">For the caller: 400 to 699.</param>
internal sealed record MissedRing(Party Callee, CallState State, int Status, string Reason)
{
    public static MissedRing Of(Party callee, RingResult result)
    {
        var code = result.Response.StatusCode;
        return new MissedRing(
            callee, result.State, code is >= 400 and < 700 ? code : 480, $"{code} {result.Response.ReasonPhrase}");
    }
}
