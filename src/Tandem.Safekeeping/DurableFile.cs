using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tandem.Safekeeping.Native;

namespace Tandem.Safekeeping;

/// <summary>A file open for writing whose syncs tell the truth. Not safe for use by two threads at once, but
/// <see cref="Sync"/> may run beside a write.</summary>
public sealed class DurableFile : IDisposable
{
    // The only way to a file mode; all access goes through its handle.
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;

    private DurableFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
        _handle = stream.SafeFileHandle;
        Length = RandomAccess.GetLength(_handle);
    }

    public string Path { get; }

    /// <summary>Bytes in the file, synced or not.</summary>
    public long Length { get; private set; }

    internal static DurableFile Open(string path, FileMode mode, bool ownerOnly)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
                | (ownerOnly ? UnixFileMode.None : UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        try
        {
            return new DurableFile(path, new FileStream(path, options));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DurableException("open", path, e);
        }
    }

    /// <summary>Writes behind the end. On failure (disk full) the file may have grown by a part of it:
    /// <see cref="Truncate"/> to the length before.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => Write(Length, bytes);

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The second is what the framework makes of EFBIG.
            throw new DurableException("write", Path, e);
        }

        Length = Math.Max(Length, offset + bytes.Length);
    }

    public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(_handle, buffer, offset);

    public void Truncate(long length)
    {
        RandomAccess.SetLength(_handle, length);
        Length = length;
    }

    /// <summary>fsync: content and metadata are on disk when this returns.</summary>
    public void Sync() => Check(
        OperatingSystem.IsWindows() ? Kernel32.FlushFileBuffers(_handle) : LibC.Sync(_handle) == 0, "fsync");

    /// <summary>fdatasync: content and length are on disk, not the times.</summary>
    public void SyncData() => Check(
        OperatingSystem.IsWindows() ? Kernel32.FlushFileBuffers(_handle) : LibC.SyncData(_handle) == 0, "fdatasync");

    public void Dispose() => _stream.Dispose();

    private void Check(bool done, string operation)
    {
        if (!done)
            throw new DurableException(operation, Path, Marshal.GetLastPInvokeError());
    }
}
