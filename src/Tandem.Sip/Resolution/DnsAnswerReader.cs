namespace Tandem.Sip.Resolution;

/// <summary>Reads the records of one type out of an answer to the question with this id; false when the bytes are no such answer.</summary>
internal delegate bool DnsAnswerReader<T>(ReadOnlySpan<byte> message, ushort id, out List<T> records);
