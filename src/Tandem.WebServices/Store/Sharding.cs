using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tandem.WebServices.Store;

/// <summary>Agents and calls hash to 256 shards, each owned by one node at a time; constant owner on SQLite.</summary>
internal static class Sharding
{
    public const int Shards = 256;

    /// <summary>0 to 255, the same on every machine and in every version.</summary>
    public static int Of(string id) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) % Shards);
}
