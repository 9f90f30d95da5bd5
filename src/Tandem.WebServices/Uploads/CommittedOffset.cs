using System.Buffers.Binary;
using System.Security.Cryptography;
using Tandem.Safekeeping;

namespace Tandem.WebServices.Uploads;

/// <summary>How many bytes of an upload are acknowledged, and its declared end: two slots in a small file, written in
/// turn, so that a torn write leaves the one before. Slot: turn, offset, length or -1 (8 bytes each), digest (32), first
/// 8 bytes of the SHA-256 over that.</summary>
internal sealed class CommittedOffset : IDisposable
{
    private const int SlotBytes = 64;
    private const int SlotDistance = 512;
    private readonly DurableFile _file;
    private long _turn;

    private CommittedOffset(DurableFile file) => _file = file;

    public long Offset { get; private set; }
    public long? Length { get; private set; }

    /// <summary>Lower-case hex, declared with the length.</summary>
    public string? Digest { get; private set; }

    public static CommittedOffset Open(string path)
    {
        var file = new CommittedOffset(File.Exists(path) ? Durable.OpenExisting(path) : Durable.Create(path, ownerOnly: true));
        file.Load(0);
        file.Load(SlotDistance);
        return file;
    }

    /// <summary>On disk when this returns.</summary>
    /// <exception cref="IOException">The disk refuses; the values are as before.</exception>
    public void Commit(long offset, long? length, string? digest)
    {
        var slot = new byte[SlotBytes];
        BinaryPrimitives.WriteInt64BigEndian(slot, _turn + 1);
        BinaryPrimitives.WriteInt64BigEndian(slot.AsSpan(8), offset);
        BinaryPrimitives.WriteInt64BigEndian(slot.AsSpan(16), length ?? -1);
        Convert.FromHexString(digest ?? "").CopyTo(slot, 24);
        SHA256.HashData(slot.AsSpan(0, 56)).AsSpan(0, 8).CopyTo(slot.AsSpan(56));
        _file.Write((_turn + 1) % 2 * SlotDistance, slot);
        _file.SyncData();
        (_turn, Offset, Length, Digest) = (_turn + 1, offset, length, digest);
    }

    public void Dispose() => _file.Dispose();

    private void Load(long at)
    {
        var slot = new byte[SlotBytes];
        if (_file.Length < at + SlotBytes)
            return;
        _file.Read(at, slot);
        var turn = BinaryPrimitives.ReadInt64BigEndian(slot);
        if (turn <= _turn || !SHA256.HashData(slot.AsSpan(0, 56)).AsSpan(0, 8).SequenceEqual(slot.AsSpan(56)))
            return;
        _turn = turn;
        Offset = BinaryPrimitives.ReadInt64BigEndian(slot.AsSpan(8));
        var length = BinaryPrimitives.ReadInt64BigEndian(slot.AsSpan(16));
        Length = length < 0 ? null : length;
        var digest = slot.AsSpan(24, 32);
        Digest = digest.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(digest) : null;
    }
}
