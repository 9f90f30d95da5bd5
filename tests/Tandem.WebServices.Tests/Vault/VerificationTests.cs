using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Proof;
using Tandem.Safekeeping.Sealing;
using Tandem.TestKit;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Tests.Uploads;
using Tandem.WebServices.Uploads;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Tests.Vault;

/// <summary>A finished recording, then one thing changed: verification must name it.</summary>
public sealed class VerificationTests : IAsyncLifetime, IDisposable
{
    private const string Day = "vault/default/2026/03/01";
    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await using var host = await UploadHost.StartAsync(Data);
        foreach (var owner in new[] { "owner-1", "owner-2" })
            await FinishAsync(host, owner);
    }

    [Fact]
    public void An_untouched_data_folder_vault_and_recording_are_intact()
    {
        var report = Verify(Data);
        Assert.Empty(report.Faults);
        Assert.Equal((2, 6, true, true), (report.Recordings, report.Objects, report.SignerFound, report.IsIntact));
        Assert.True(Verify(Path.Combine(Data, "vault")).IsIntact);
        Assert.True(Verify(Path.Combine(Data, Day, "owner-1")).IsIntact);
    }

    [Fact]
    public void One_flipped_bit_in_any_object_is_found_and_in_a_stream_its_record_named()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(Data, Day, "owner-1")))
        {
            var bytes = File.ReadAllBytes(path);
            var records = path.EndsWith(".sealed", StringComparison.Ordinal) ? SealedScan.Bytes(bytes).Records : null;
            for (var at = 0; at < bytes.Length; at += path.EndsWith(".sealed", StringComparison.Ordinal) ? 1 : 37)
            {
                var bad = (byte[])bytes.Clone();
                bad[at] ^= (byte)(1 << (at % 8));
                Overwrite(path, bad);
                var faults = Verify(Path.Combine(Data, Day, "owner-1")).Faults;
                var record = records?.Count(r => r.SealedEnd <= at);
                Assert.Contains(faults, fault => fault.Path == Path.GetFileName(path) || fault.Path == Manifest.SignatureName);
                if (records is not null)
                    Assert.Equal(at < StreamHeader.SizeBytes ? null : (long?)record, Assert.Single(faults).Record);
            }

            Overwrite(path, bytes);
        }

        Assert.True(Verify(Data).IsIntact);
    }

    [Fact]
    public void A_cut_or_lengthened_stream_is_found()
    {
        var path = Directory.GetFiles(Path.Combine(Data, Day, "owner-1"), "*.sealed")[0];
        var bytes = File.ReadAllBytes(path);
        Overwrite(path, bytes[..^10]);
        Assert.Contains("cut", Assert.Single(Verify(Data).Faults).What, StringComparison.Ordinal);
        Overwrite(path, [.. bytes, 0]);
        Assert.Contains("follow", Assert.Single(Verify(Data).Faults).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extra.txt", "does not list")]
    [InlineData("-report.json", "missing")]
    [InlineData("-manifest.json", "gone")]
    [InlineData("-manifest.json.sig", "missing")]
    public void Unlisted_and_missing_objects_are_found(string name, string what)
    {
        var path = Path.Combine(Data, Day, "owner-1", name.TrimStart('-'));
        if (name[0] == '-')
            File.Delete(path);
        else
            File.WriteAllText(path, "x");
        var fault = Assert.Single(Verify(Data).Faults);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
        Assert.Equal(Path.GetRelativePath(Data, path), fault.Path);
    }

    [Fact]
    public void A_recording_that_is_gone_whole_is_found()
    {
        Directory.Delete(Path.Combine(Data, Day, "owner-2"), recursive: true);
        Assert.Contains("line 2", Assert.Single(Verify(Data).Faults).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Deleted_reordered_and_rewritten_ledger_lines_are_found()
    {
        var path = Path.Combine(Data, "vault/default/ledger.jsonl");
        var lines = File.ReadAllLines(path);
        foreach (var forged in new[]
        {
            lines[1..], lines[..1], [lines[1], lines[0]], [lines[0], lines[0], lines[1]],
            [lines[0].Replace("owner-1", "owner-9", StringComparison.Ordinal), lines[1]],
        })
        {
            File.WriteAllLines(path, forged);
            Assert.NotEmpty(Verify(Data).Faults);
        }
    }

    [Fact]
    public void A_forger_with_a_key_of_his_own_is_found_by_the_pinned_certificate()
    {
        using var forger = KeyRing.OpenOrCreate(_folder.At("forger"), TimeProvider.System);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(forger.Signing)!;
        var folder = Path.Combine(Data, Day, "owner-1");
        var manifest = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, Manifest.FileName)))!;
        manifest["subjectId"] = "ANOTHER";
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        Overwrite(Path.Combine(folder, Manifest.FileName), bytes);
        Overwrite(Path.Combine(folder, Manifest.SignatureName), ProofSignature.Sign(key, bytes));
        var faults = Verify(Data).Faults;
        Assert.Contains(faults, fault => fault.Path.EndsWith(Manifest.SignatureName, StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.What.Contains("line 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenSSL_agrees_with_the_signature()
    {
        Assert.SkipUnless(Tool.Missing("openssl") is null, "openssl is not installed.");
        var folder = Path.Combine(Data, Day, "owner-1");
        var key = await RunningProcess.RunAsync("openssl",
            ["x509", "-in", Path.Combine(Data, "keys", "signing.crt"), "-pubkey", "-noout", "-out", _folder.At("pub.pem")],
            TestContext.Current.CancellationToken);
        Assert.Equal(0, key.ExitCode);
        var check = await RunningProcess.RunAsync("openssl",
            ["dgst", "-sha256", "-verify", _folder.At("pub.pem"), "-signature",
                Path.Combine(folder, Manifest.SignatureName), Path.Combine(folder, Manifest.FileName)],
            TestContext.Current.CancellationToken);
        Assert.Contains("Verified OK", check.Output, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finishing_again_changes_nothing()
    {
        var ledger = await File.ReadAllBytesAsync(Path.Combine(Data, "vault/default/ledger.jsonl"), Stop);
        await using var host = await UploadHost.StartAsync(Data);
        await host.Store.WriteAsync(db => host.Services.GetRequiredService<IRecordingKeeper>()
            .FinishAsync(db, Finished("owner-1", []), Stop), Stop);
        Assert.Equal(ledger, await File.ReadAllBytesAsync(Path.Combine(Data, "vault/default/ledger.jsonl"), Stop));
    }

    [Fact]
    public async Task Destroyed_keys_close_the_recording_for_good()
    {
        await using var host = await UploadHost.StartAsync(Data);
        var id = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Data, Day, "owner-1"), "*.sealed")[0]);
        var streams = host.Services.GetRequiredService<IMediaStreams>();
        await using (var media = await streams.OpenAsync(id, Stop))
            Assert.Equal(11, media!.Length);
        await host.Store.WriteAsync(async db => db.Remove((await db.Set<StreamKeyRow>().FindAsync([id, await RecordingName(host)], Stop))!), Stop);
        Assert.Null(await streams.OpenAsync(id, Stop));
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();

    private static VerificationReport Verify(string path) =>
        RecordingVerifier.Verify(path, stop: TestContext.Current.CancellationToken);

    private string Data => _folder.At("data");

    private static Task<string> RecordingName(UploadHost host) => Task.FromResult(Convert.ToHexStringLower(
        host.Services.GetRequiredService<KeyRing>().Recording.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256)));

    private static void Overwrite(string path, byte[] bytes)
    {
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    private static FinishedRecording Finished(string owner, IReadOnlyList<string> streams) => new(
        owner, StreamKind.Voice, "CALL", 1_772_323_200_000_000, 1_772_323_260_000_000, streams,
        [new MediaInterval(1, 2, "agent")], [new ClockSample(1, 2, 3)], "{\"a\":1}");

    private static async Task FinishAsync(UploadHost host, string owner)
    {
        var id = Guid.NewGuid();
        using var key = StreamKey.Create();
        var sidecar = new StreamSidecar
        {
            StreamId = id.ToString(),
            Kind = StreamKind.Voice,
            OwnerId = owner,
            SubjectId = "CALL",
            MediaType = "audio/PCMA",
            Rate = 8000,
            StartUs = 1_772_323_200_000_000,
            WrappedKey = Convert.ToBase64String(key.Wrap(host.Services.GetRequiredService<KeyRing>().Ingest)),
        };
        var upload = host.Services.GetRequiredService<UploadShelf>().FindOrCreate(sidecar, "mcp");
        var bytes = Seal(id, key);
        upload.Write(0, bytes);
        upload.Commit(bytes.Length, bytes.Length, SealedScan.Bytes(bytes).Digest);
        Assert.True(await host.Services.GetRequiredService<UploadKeeper>().KeepAsync(upload, Stop));
        await host.Store.WriteAsync(db => host.Services.GetRequiredService<IRecordingKeeper>()
            .FinishAsync(db, Finished(owner, [id.ToString()]), Stop), Stop);
    }

    private static byte[] Seal(Guid id, StreamKey key)
    {
        using var writer = new SealedStreamWriter(id, key);
        var bytes = writer.Header.ToArray().ToList();
        foreach (var (text, last) in new[] { ("first", false), ("second", false), ("", true) })
        {
            var buffer = new byte[200];
            bytes.AddRange(buffer[..writer.Seal(Encoding.ASCII.GetBytes(text), 1, 1, last, buffer)]);
        }

        return [.. bytes];
    }
}
