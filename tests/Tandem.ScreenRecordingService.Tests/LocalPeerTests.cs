using System.Net;
using Tandem.ScreenRecordingService.LocalApi;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class LocalPeerTests
{
    private const string Heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    private static readonly string[] Table =
    [
        Heading,
        "   0: 0100007F:1F9A 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1065 1 0 100 0 0 10 0",
        "   1: 0100007F:1F9A 0100007F:C6C4 01 00000000:00000000 00:00000000 00000000     0        0 0 1 0 20 0 0 10 -1",
        "   2: 0100007F:C6C4 0100007F:1F9A 06 00000000:00000000 00:00000000 00000000     7        0 0 1 0 20 0 0 10 -1",
        "   3: 0100007F:C6C4 0100007F:1F9A 01 00000000:00000000 00:00000000 00000000  1000        0 320679 2 0 20 0 0 10 -1",
        "   4: 00000000000000000000000001000000:C6C4 00000000000000000000000001000000:1F9A 01 00000000:00000000 00:00000000 00000000  1001        0 1 2 0",
        "   5: 0000000000000000FFFF00000100007F:C6C5 0000000000000000FFFF00000100007F:1F9A 01 00000000:00000000 00:00000000 00000000  1002        0 1 2 0",
    ];

    [Theory]
    [InlineData("127.0.0.1", 0xC6C4, 1000u)]
    [InlineData("::1", 0xC6C4, 1001u)]
    [InlineData("::ffff:127.0.0.1", 0xC6C5, 1002u)]
    [InlineData("127.0.0.1", 0xC6C6, null)]
    public void The_client_of_a_connection_is_found_by_its_own_row(string address, int port, uint? userId)
    {
        var ip = IPAddress.Parse(address);
        Assert.Equal(userId, LocalPeer.Find(Table, new IPEndPoint(ip, 0x1F9A), new IPEndPoint(ip, port)));
    }
}
