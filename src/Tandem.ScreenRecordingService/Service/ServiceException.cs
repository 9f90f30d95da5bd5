namespace Tandem.ScreenRecordingService.Service;

/// <summary>The service cannot start; the message is one sentence that says why.</summary>
internal sealed class ServiceException(string message) : Exception(message);
