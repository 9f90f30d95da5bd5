namespace Tandem.WebServices.Vault;

/// <summary>The recording storage location. Objects are written once and never changed.</summary>
internal interface IVault
{
    /// <summary>Takes a finished file over (it is gone from <paramref name="source"/> after) as
    /// <c>{folder}/{name}</c>. On disk when this returns. When the same object is there already, it
    /// was taken before.</summary>
    /// <exception cref="IOException">Storage refuses, or another object has the name.</exception>
    void Take(string folder, string name, string source);

    /// <summary>Writes a small object. The same content again is no error.</summary>
    /// <exception cref="IOException">Storage refuses, or the name holds something else.</exception>
    void Put(string folder, string name, ReadOnlySpan<byte> content);

    bool Exists(string folder, string name);

    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    byte[] ReadAll(string folder, string name);

    /// <summary>A path on this machine from which the object can be read.</summary>
    string PathOf(string folder, string name);
}
