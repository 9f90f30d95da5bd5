using System.Runtime.InteropServices;

namespace Tandem.Safekeeping;

/// <summary>A write that may not be on disk. The bytes must be taken as lost: a repeated fsync can falsely succeed
/// (PostgreSQL commit "PANIC on fsync() failure").</summary>
public sealed class DurableException : IOException
{
    /// <param name="operation">The system call, such as <c>fsync</c>.</param>
    /// <param name="errorCode">errno, or the Windows error code.</param>
    public DurableException(string operation, string path, int errorCode)
        : base($"{operation} failed on {path}: {Marshal.GetPInvokeErrorMessage(errorCode)} ({errorCode})")
    {
        Operation = operation;
        ErrorCode = errorCode;
    }

    /// <summary>For what the framework says otherwise than as <see cref="IOException"/>: no permission, a file of the largest
    /// size that is allowed.</summary>
    internal DurableException(string operation, string path, Exception said)
        : base($"{operation} failed on {path}: {said.Message}", said)
    {
        Operation = operation;
    }

    public string Operation { get; }

    /// <summary>0 where the system's own is not known.</summary>
    public int ErrorCode { get; }

    /// <summary>ENOSPC or EDQUOT; on Windows ERROR_DISK_FULL or ERROR_HANDLE_DISK_FULL.</summary>
    public bool IsDiskFull => ErrorCode is 28 or 122 && OperatingSystem.IsLinux()
        || ErrorCode is 112 or 39 && OperatingSystem.IsWindows();
}
