using System.Globalization;
using Microsoft.Extensions.Logging;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.SipServer.DirectoryNumbers;
using Tandem.SipServer.Journal;

namespace Tandem.SipServer.Registrar;

/// <summary>REGISTER: keeps the contacts of DNs, on disk too, and puts DNs in and out of service. Used on the call loop.</summary>
internal sealed partial class RegistrarService(
    BindingTable table, BindingJournal journal, DnRegistry dns, EventPublisher publisher, TimeProvider time, ILogger log)
{
    /// <param name="dn">The DN that proved itself.</param>
    public void Register(ServerTransaction transaction, string dn)
    {
        var request = transaction.Request;
        if (request.To.Uri.User != dn)
        {
            transaction.Respond(403);
            return;
        }

        var judged = RegisterRequest.Judge(request);
        if (judged.Status != 200)
        {
            var response = transaction.CreateResponse(judged.Status);
            if (judged.Status == 423)
                response.Headers["Min-Expires"] = RegisterRequest.MinSeconds.ToString(CultureInfo.InvariantCulture);
            transaction.Respond(response);
            return;
        }

        Apply(dn, judged, transaction);
        transaction.Respond(Answer(transaction, dn));
    }

    /// <summary>Takes out contacts that ran out; their DNs go out of service. Call every second or so.</summary>
    public void Expire()
    {
        var gone = table.Expire(time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var one in gone) journal.Append(one with { ExpiresUnixMs = 0 });
        foreach (var dn in gone.Select(one => one.Dn).Distinct()) Service(dn);
    }

    /// <summary>A DN was deleted or lost its password: its phones are no longer its own.</summary>
    public void Drop(string dn)
    {
        foreach (var one in table.Of(dn).ToArray()) Put(one with { ExpiresUnixMs = 0 });
    }

    private void Apply(string dn, RegisterRequest judged, ServerTransaction transaction)
    {
        var request = transaction.Request;
        var now = time.GetUtcNow();
        if (judged.RemoveAll) Drop(dn);
        foreach (var (uri, seconds, q) in judged.Contacts)
        {
            var old = table.Of(dn).FirstOrDefault(one => one.Contact == uri);

            // A request that was overtaken by a later one of the same phone changes nothing (section 10.3 step 7).
            if (old is not null && old.CallId == request.CallId && old.CSeq >= request.CSeq.Number) continue;
            var expires = seconds == 0 ? 0 : now.AddSeconds(seconds).ToUnixTimeMilliseconds();
            if (old is null && expires > 0) LogRegistered(log, dn, uri, seconds);
            if (old is null && expires == 0) continue;
            Put(new Binding(
                dn, uri, request.CallId, request.CSeq.Number, transaction.Source.ToDestination().ToString(), expires, q));
        }

        Service(dn);
    }

    private void Put(Binding binding)
    {
        table.Put(binding);
        journal.Append(binding);
    }

    private void Service(string dn) =>
        publisher.Publish(batch => dns.SetInService(dn, table.Of(dn).Count > 0, batch));

    private SipResponse Answer(ServerTransaction transaction, string dn)
    {
        var response = transaction.CreateResponse(200);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var one in table.Of(dn))
        {
            var left = Math.Max(1, (one.ExpiresUnixMs - now + 999) / 1000);
            response.Headers.Add(
                HeaderNames.Contact, string.Create(CultureInfo.InvariantCulture, $"<{one.Contact}>;expires={left}"));
        }

        response.Headers["Date"] = time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        return response;
    }

    [LoggerMessage(4201, LogLevel.Information, "DN {Dn} registered {Contact} for {Seconds} s")]
    private static partial void LogRegistered(ILogger log, string dn, string contact, int seconds);
}
