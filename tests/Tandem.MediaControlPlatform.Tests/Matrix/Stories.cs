using Tandem.Media.Codecs;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>The scenarios of the architecture as SIP Server plays them on MCP. Something happens in the first five and after
/// the seventh second, trouble comes between. After-call work, sign-out and a lost SRS or RWS do not touch the voice: for
/// MCP they are the plain call.</summary>
internal static class Stories
{
    private const string U1 = "u1";
    private const string U2 = "u2";

    public static IReadOnlyDictionary<string, Action<Stage>> All { get; } = new Dictionary<string, Action<Stage>>
    {
        ["simple"] = Simple,
        ["single-step-transfer"] = SingleStepTransfer,
        ["two-step-transfer"] = TwoStepTransfer,
        ["single-step-conference"] = SingleStepConference,
        ["two-step-conference"] = TwoStepConference,
        ["consult-cancelled"] = ConsultCancelled,
        ["transfer-refused"] = TransferRefused,
        ["two-calls"] = TwoCalls,
        ["hold"] = Hold,
        ["hold-by-phone"] = HoldByPhone,
        ["pause"] = Pause,
        ["started-midway"] = StartedMidway,
        ["new-codec"] = NewCodec,
        ["siprec"] = Siprec,
    };

    private static (WirePhone Customer, WirePhone Agent, StagedSegment Segment) Answered(Stage stage)
    {
        var (customer, agent) = (stage.Phone("customer", G711Law.Mu), stage.Phone("a1"));
        stage.Join(U1, customer, agent);
        return (customer, agent, stage.Record(U1, agent));
    }

    private static void End(Stage stage, StagedSegment segment, params ReadOnlySpan<WirePhone> phones)
    {
        stage.Stop(segment);
        foreach (var phone in phones)
            stage.HangUp(phone);
    }

    private static void Simple(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(11_000);
        End(stage, segment, customer, agent);
    }

    private static void SingleStepTransfer(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(4000);
        var other = stage.Phone("a2");
        End(stage, segment, agent);
        stage.Join(U1, other);
        var second = stage.Record(U1, other);
        stage.Run(7000);
        End(stage, second, customer, other);
    }

    private static (StagedSegment Consultation, WirePhone Other) Consult(Stage stage, WirePhone agent)
    {
        stage.Aside(agent);
        stage.Run(1000);
        var other = stage.Phone("a2");
        stage.Join(U2, other, agent);
        return (stage.Record(U2, agent), other);
    }

    private static void TwoStepTransfer(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(3000);
        var (consultation, other) = Consult(stage, agent);
        stage.Run(4000);
        stage.Stop(consultation);
        stage.Stop(segment);
        stage.Join(U1, other);
        stage.HangUp(agent);
        var second = stage.Record(U1, other);
        stage.Run(5000);
        End(stage, second, customer, other);
    }

    private static void SingleStepConference(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(4000);
        var other = stage.Phone("a2", G711Law.Mu);
        stage.Join(U1, other);
        var second = stage.Record(U1, other);
        stage.Run(5000);
        stage.HangUp(customer);
        stage.Run(2000);
        stage.Stop(segment);
        End(stage, second, agent, other);
    }

    private static void TwoStepConference(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(3000);
        var (consultation, other) = Consult(stage, agent);
        stage.Run(4000);
        stage.Stop(consultation);
        stage.Join(U1, other, agent);
        var second = stage.Record(U1, other);
        stage.Run(5000);
        stage.Stop(segment);
        End(stage, second, customer, agent, other);
    }

    private static void ConsultCancelled(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(3000);
        var (consultation, other) = Consult(stage, agent);
        stage.Run(4000);
        End(stage, consultation, other);
        stage.Join(U1, agent);
        stage.Run(4000);
        End(stage, segment, customer, agent);
    }

    private static void TransferRefused(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(4000);
        stage.Aside(agent);
        stage.Run(3500);
        stage.Join(U1, agent);
        stage.Run(4000);
        End(stage, segment, customer, agent);
    }

    private static void TwoCalls(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(1000);
        var (caller, other) = (stage.Phone("a3"), stage.Phone("a2"));
        stage.Join(U2, caller, other);
        var second = stage.Record(U2, other);
        stage.Run(8000);
        End(stage, segment, customer, agent);
        stage.Run(2000);
        End(stage, second, caller, other);
    }

    private static void Hold(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(3000);
        stage.Aside(agent);
        stage.Run(5000);
        stage.Join(U1, agent);
        stage.Run(4000);
        End(stage, segment, customer, agent);
    }

    private static void HoldByPhone(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(3000);
        stage.Agree(customer, sends: false, hears: false);
        stage.Run(5000);
        stage.Agree(customer, sends: true, hears: true);
        stage.Run(4000);
        End(stage, segment, customer, agent);
    }

    private static void Pause(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(3000);
        stage.Pause(segment);
        stage.Run(1500);
        stage.Resume(segment);
        stage.Run(4000);
        stage.Pause(segment);
        stage.Run(1000);
        stage.Resume(segment);
        stage.Run(2000);
        End(stage, segment, customer, agent);
    }

    private static void StartedMidway(Stage stage)
    {
        var (customer, agent) = (stage.Phone("customer"), stage.Phone("a1", G711Law.Mu));
        stage.Join(U1, customer, agent);
        stage.Run(3000);
        var segment = stage.Record(U1, agent);
        stage.Run(6000);
        stage.Stop(segment);
        stage.Run(2000);
        stage.HangUp(customer);
        stage.HangUp(agent);
    }

    private static void NewCodec(Stage stage)
    {
        var (customer, agent, segment) = Answered(stage);
        stage.Run(4000);
        customer.Law = G711Law.A;
        stage.Agree(customer, sends: true, hears: true);
        stage.Run(7000);
        End(stage, segment, customer, agent);
    }

    private static void Siprec(Stage stage)
    {
        var (customer, agent) = (stage.Phone("customer", hears: false), stage.Phone("a1", hears: false));
        stage.Join(U1, customer, agent);
        var segment = stage.Record(U1, agent);
        stage.Run(11_000);
        End(stage, segment, customer, agent);
    }
}
