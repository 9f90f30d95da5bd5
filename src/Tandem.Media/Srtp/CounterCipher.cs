using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tandem.Media.Srtp;

/// <summary>AES in counter mode (RFC 3711 §4.1.1), made from single blocks; allocates nothing per packet.</summary>
internal sealed class CounterCipher : IDisposable
{
    private const int BlockBytes = 16;
    private const int RoundBlocks = 16;
    private readonly Aes _aes;
    private readonly ICryptoTransform _blocks;
    private readonly byte[] _counters = new byte[BlockBytes * RoundBlocks];
    private readonly byte[] _stream = new byte[BlockBytes * RoundBlocks];

    [SuppressMessage("Security", "CA5358", Justification = "Counter blocks never repeat: this is CTR, which .NET does not offer.")]
    public CounterCipher(ReadOnlySpan<byte> key)
    {
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.Key = key.ToArray();
        _blocks = _aes.CreateEncryptor();
    }

    /// <summary>Adds the key stream of this start value to the data; the same call takes it away again.</summary>
    /// <param name="start">16 bytes whose last two are the block counter's zero.</param>
    public void Apply(ReadOnlySpan<byte> start, Span<byte> data)
    {
        for (var block = 0; !data.IsEmpty;)
        {
            var count = Math.Min(RoundBlocks, (data.Length + BlockBytes - 1) / BlockBytes);
            for (var i = 0; i < count; i++)
            {
                var counter = _counters.AsSpan(i * BlockBytes, BlockBytes);
                start.CopyTo(counter);
                BinaryPrimitives.WriteUInt16BigEndian(counter[14..], (ushort)block++);
            }
            _blocks.TransformBlock(_counters, 0, count * BlockBytes, _stream, 0);
            var part = data[..Math.Min(data.Length, count * BlockBytes)];
            for (var i = 0; i < part.Length; i++)
                part[i] ^= _stream[i];
            data = data[part.Length..];
        }
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }
}
