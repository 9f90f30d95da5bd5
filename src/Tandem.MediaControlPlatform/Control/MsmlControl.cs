using Tandem.MediaControlPlatform.Prompts;
using Tandem.Sip.Msml;
using Tandem.Sip.Transactions;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Carries out the MSML requests that come by INFO (RFC 5707) and answers with a result.</summary>
internal sealed class MsmlControl(LegControl control, PromptStore prompts)
{
    private readonly MsmlConferences _conferences = new(control);
    private readonly MsmlDialogs _dialogs = new(control);

    public async Task HandleAsync(LegSession asked, ServerTransaction transaction)
    {
        var result = MsmlDocument.TryParse(transaction.Request.Body.Span, out var document)
            ? await RunAsync(asked, document)
            : new MsmlResult(MsmlResult.BadRequest, "The body is not MSML.");
        var response = transaction.CreateResponse(200);
        response.SetBody(MsmlDocument.MediaType, MsmlDocument.Of(result).ToString());
        transaction.Respond(response);
    }

    private Task<MsmlResult> RunAsync(LegSession asked, MsmlDocument document)
    {
        // Files are read before: the engine's thread waits for no disk.
        var found = new Dictionary<string, Prompt>();
        foreach (var uri in document.Requests.OfType<MsmlDialogStart>().SelectMany(Files))
        {
            if (prompts.Find(uri, out var why) is not { } prompt)
                return Task.FromResult(new MsmlResult(MsmlResult.NotFound, why));
            found[uri] = prompt;
        }
        return control.Engine.RunAsync(nowUs => Run(asked, document, found, nowUs));
    }

    /// <summary>All requests in order; the first that fails ends it (RFC 5707 §8).</summary>
    private MsmlResult Run(LegSession asked, MsmlDocument document, Dictionary<string, Prompt> found, long nowUs)
    {
        var (dialogs, conferences) = (new List<string>(), new List<string>());
        foreach (var request in document.Requests)
        {
            var result = Run(asked, request, found, nowUs);
            if (!result.IsSuccess)
                return result;
            dialogs.AddRange(result.DialogIds);
            conferences.AddRange(result.ConferenceIds);
        }
        return new MsmlResult(MsmlResult.Ok) { DialogIds = dialogs, ConferenceIds = conferences };
    }

    private MsmlResult Run(LegSession asked, MsmlRequest request, Dictionary<string, Prompt> found, long nowUs) => request switch
    {
        MsmlDialogStart start => _dialogs.Start(asked, start, found, nowUs),
        MsmlDialogEnd end => _dialogs.End(end, nowUs),
        MsmlSend send => _dialogs.Send(send, nowUs),
        MsmlJoin join => _conferences.Join(join, nowUs),
        MsmlUnjoin unjoin => _conferences.Unjoin(unjoin, nowUs),
        MsmlModifyStream modify => _conferences.Modify(modify),
        MsmlCreateConference create => _conferences.Create(asked, create),
        MsmlDestroyConference destroy => _conferences.Destroy(destroy, nowUs),
        MsmlUnknown unknown => new MsmlResult(MsmlResult.NotSupported, $"<{unknown.Element}> is not known here."),
        _ => new MsmlResult(MsmlResult.NotSupported, "This request is not known here."),
    };

    private static IEnumerable<string> Files(MsmlDialogStart start) =>
        start.Play is { } play ? play.More.Prepend(play.Uri).Where(PromptStore.Knows) : [];
}
