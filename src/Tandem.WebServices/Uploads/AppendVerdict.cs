namespace Tandem.WebServices.Uploads;

/// <param name="Status">HTTP status; 204 when the bytes are committed.</param>
/// <param name="Problem">A sentence when they are not.</param>
internal readonly record struct AppendVerdict(int Status, string? Problem = null);
