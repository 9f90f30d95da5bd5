using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>One-time codes of two minutes that stand in the address of a window which a program of this PC opened.
/// Thread-safe.</summary>
internal sealed class PairingCodes(TimeProvider time)
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (long MintedAt, uint? UserId)> codes = [];

    /// <param name="userId">Whose program asks: the page must be the same user's.</param>
    /// <returns>Null: too many are open.</returns>
    public string? Mint(uint? userId)
    {
        foreach (var (old, minted) in codes)
        {
            if (time.GetElapsedTime(minted.MintedAt) > Life)
                codes.TryRemove(old, out _);
        }
        if (codes.Count >= MostAtOnce)
            return null;
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        codes[code] = (time.GetTimestamp(), userId);
        return code;
    }

    /// <summary>Uses it up.</summary>
    public bool Redeem(string code, uint? userId) =>
        codes.TryRemove(code, out var minted) && time.GetElapsedTime(minted.MintedAt) <= Life && minted.UserId == userId;
}
