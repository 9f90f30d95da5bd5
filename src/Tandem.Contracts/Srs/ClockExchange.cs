namespace Tandem.Contracts.Srs;

/// <summary>NTP's first three timestamps (RFC 5905 §8), UTC microseconds; the fourth is taken on arrival.</summary>
public sealed record ClockExchange(long OriginUs, long? ReceiveUs, long? TransmitUs);
