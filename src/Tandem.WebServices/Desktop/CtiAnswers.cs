using Microsoft.AspNetCore.Http;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Problems;

namespace Tandem.WebServices.Desktop;

internal static class CtiAnswers
{
    public static IResult Of(CtiReply reply) => reply.Outcome switch
    {
        CtiOutcome.Done => TypedResults.Ok(new StatusReply(0)),
        CtiOutcome.Refused => Problem.Of(ProblemCode.SwitchRefused, reply.Why),
        CtiOutcome.NoAnswer or CtiOutcome.NotConnected => Problem.Of(ProblemCode.SwitchUnavailable, reply.Why),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Outcome, null),
    };
}
