using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Media.Mp4;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Playback;

/// <summary>Puts the sealed streams of a recording together for playback.</summary>
internal sealed class MediaOpener(DataStore store, IMediaStreams streams)
{
    private const int ScansKept = 64;
    private const int FilesKept = 16;
    private readonly ConcurrentDictionary<string, FragmentScan> _scans = new();

    /// <summary>By validator: a player asks for many ranges of one file, and an hour's tables take tens of milliseconds.</summary>
    private readonly ConcurrentDictionary<string, ProgressiveMp4> _files = new();

    /// <summary>Null when the segment is unknown or none of its bytes are here.</summary>
    public async Task<OpenedMedia<WavStream>?> VoiceAsync(string callUuid, string segmentId, CancellationToken stop)
    {
        var json = await store.ReadAsync(
            db => db.Set<Segment>().Where(row => row.SegmentId == segmentId && row.CallUuid == callUuid).Select(row => row.ReportJson).FirstOrDefaultAsync(stop),
            stop);
        if (json is null || JsonSerializer.Deserialize(json, ContractsJson.Default.VoiceSegmentReport) is not { Parts.Count: > 0 } report)
        {
            return null;
        }

        var rate = report.Parts.Max(part => part.Rate);
        var pieces = new List<VoicePiece>();
        foreach (var part in report.Parts)
        {
            if (await streams.OpenAsync(part.StreamId, stop) is { } stream)
            {
                pieces.Add(Piece(part, stream, rate));
            }
        }

        if (pieces.Count == 0)
        {
            return null;
        }

        var frames = pieces.Max(piece => piece.StartFrame + piece.Frames);
        return new OpenedMedia<WavStream>(new WavStream(pieces, rate, frames), ETag(pieces.Select(piece => piece.Stream), "wav1"));
    }

    /// <summary>What the PC said of a capture; null: unknown, or it holds no picture yet.</summary>
    public async Task<ScreenCaptureReport?> ReportAsync(string captureId, CancellationToken stop)
    {
        var json = await store.ReadAsync(
            db => db.Set<Screen>().Where(row => row.CaptureId == captureId).Select(row => row.ReportJson).FirstOrDefaultAsync(stop), stop);
        return json is not null && JsonSerializer.Deserialize(json, ContractsJson.Default.ScreenCaptureReport) is { Parts.Count: > 0 } report ? report : null;
    }

    /// <summary>Null when none of it is here.</summary>
    /// <param name="monitor">The only one to show, which must have a track; null: all there is.</param>
    public async Task<OpenedMedia<Mp4Stream>?> ScreenAsync(ScreenCaptureReport report, string? monitor, CancellationToken stop)
    {
        // A part that is not here keeps its place, or the picture before it would stand for it.
        var opened = new List<IMediaStream?>();
        var parts = new List<ProgressivePart>();
        foreach (var part in report.Parts)
        {
            var stream = await streams.OpenAsync(part.StreamId, stop);
            opened.Add(stream);
            var scan = stream is null ? new FragmentScan() : await ScanAsync(part.StreamId, stream, stop);
            parts.Add(new ProgressivePart(ScreenTracks.Named(report, part, scan), part.StartMs, part.DurationMs));
        }

        var here = opened.OfType<IMediaStream>().ToList();
        var names = monitor is null ? ScreenTracks.InOrder(parts) : [monitor];
        if (parts.Exists(part => part.Tracks.Any(track => track.Samples.Count > 0 && names.Contains(track.Track.Name))))
        {
            var places = string.Join(' ', parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.StartMs}+{part.DurationMs}")));
            var etag = ETag(here, string.Join('\n', ["mp4-2", places, .. names]));
            return new OpenedMedia<Mp4Stream>(new Mp4Stream(File(etag, parts, names), opened), etag);
        }

        foreach (var stream in here)
        {
            await stream.DisposeAsync();
        }

        return null;
    }

    private ProgressiveMp4 File(string etag, IReadOnlyList<ProgressivePart> parts, IReadOnlyList<string> names)
    {
        if (_files.Count >= FilesKept && !_files.ContainsKey(etag))
        {
            _files.Clear();
        }

        return _files.GetOrAdd(etag, _ => ProgressiveMp4.Build(parts, names));
    }

    private static VoicePiece Piece(VoicePart part, IMediaStream stream, int rate)
    {
        var format = part.MediaType.ToUpperInvariant() switch
        {
            "AUDIO/PCMA" => SampleFormat.ALaw,
            "AUDIO/PCMU" => SampleFormat.MuLaw,
            "AUDIO/L16" => SampleFormat.Pcm16,
            _ => throw new InvalidDataException($"The media type {part.MediaType} of stream {part.StreamId} is not known."),
        };
        var frames = stream.Length / (WavStream.Channels * (format == SampleFormat.Pcm16 ? 2 : 1));
        return new VoicePiece(stream, format, part.Rate, part.StartMs * rate / 1000, frames * rate / part.Rate);
    }

    private async Task<FragmentScan> ScanAsync(string streamId, IMediaStream stream, CancellationToken stop)
    {
        if (_scans.TryGetValue(streamId, out var known))
        {
            return known;
        }

        var scan = new FragmentScan();
        var buffer = new byte[1 << 18];
        for (long at = 0; await stream.ReadAsync(at, buffer, stop) is > 0 and var read; at += read)
        {
            if (scan.Feed(buffer.AsSpan(0, read)) == ScanVerdict.Malformed)
            {
                break;
            }
        }

        if (stream.Complete)
        {
            if (_scans.Count >= ScansKept)
            {
                _scans.Clear();
            }

            _scans[streamId] = scan;
        }

        return scan;
    }

    private static string ETag(IEnumerable<IMediaStream> streams, string rendering)
    {
        var text = string.Join('\n', streams.Select(stream => stream.Version).Prepend(rendering));
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}\"";
    }
}
