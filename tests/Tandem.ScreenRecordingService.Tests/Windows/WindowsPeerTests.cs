using System.Buffers.Binary;
using System.Net;
using Tandem.ScreenRecordingService.LocalApi.Windows;

namespace Tandem.ScreenRecordingService.Tests.Windows;

/// <summary>Both ends of a loopback connection stand in the table: only the caller's row names the caller.</summary>
public sealed class WindowsPeerTests
{
    private static readonly IPEndPoint Ours = new(IPAddress.Loopback, 8090);
    private static readonly IPEndPoint Theirs = new(IPAddress.Loopback, 50_123);

    [Fact]
    public void The_row_that_goes_from_them_to_us_names_the_caller()
    {
        var table = Table(Row(5, Ours, Theirs, 11), Row(5, new(IPAddress.Loopback, 50_122), Ours, 12), Row(5, Theirs, Ours, 13));
        Assert.Equal(13u, WindowsPeer.Owner(table, false, Ours, Theirs));
    }

    [Fact]
    public void A_connection_that_is_closing_is_nobody_s() =>
        Assert.Null(WindowsPeer.Owner(Table(Row(8, Theirs, Ours, 13)), false, Ours, Theirs));

    [Fact]
    public void Process_0_is_nobody_and_not_the_system() =>
        Assert.Null(WindowsPeer.Owner(Table(Row(5, Theirs, Ours, 0)), false, Ours, Theirs));

    [Fact]
    public void Rows_behind_the_count_and_rows_cut_short_are_not_read()
    {
        var table = Table(Row(5, Theirs, Ours, 13));
        BinaryPrimitives.WriteInt32LittleEndian(table, 0);
        Assert.Null(WindowsPeer.Owner(table, false, Ours, Theirs));
        BinaryPrimitives.WriteInt32LittleEndian(table, 1);
        Assert.Null(WindowsPeer.Owner(table.AsSpan(0, 20), false, Ours, Theirs));
    }

    [Fact]
    public void An_IPv6_row_has_its_fields_elsewhere()
    {
        var (ours, theirs) = (new IPEndPoint(IPAddress.IPv6Loopback, 8090), new IPEndPoint(IPAddress.IPv6Loopback, 50_123));
        var table = new byte[4 + 56];
        table[0] = 1;
        Write(theirs, table.AsSpan(4), 20);
        Write(ours, table.AsSpan(28), 20);
        table[52] = 5;
        table[56] = 77;
        Assert.Equal(77u, WindowsPeer.Owner(table, true, ours, theirs));
        Assert.Null(WindowsPeer.Owner(table, true, theirs, ours));
    }

    private static byte[] Table(params byte[][] rows) => [(byte)rows.Length, 0, 0, 0, .. rows.SelectMany(row => row)];

    private static byte[] Row(byte state, IPEndPoint local, IPEndPoint remote, byte process)
    {
        var row = new byte[24];
        row[0] = state;
        Write(local, row.AsSpan(4), 4);
        Write(remote, row.AsSpan(12), 4);
        row[20] = process;
        return row;
    }

    private static void Write(IPEndPoint point, Span<byte> target, int portAt)
    {
        point.Address.GetAddressBytes().CopyTo(target);
        BinaryPrimitives.WriteUInt16BigEndian(target[portAt..], (ushort)point.Port);
    }
}
