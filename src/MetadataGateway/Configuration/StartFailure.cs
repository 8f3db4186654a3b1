using System.Reflection;
using MetadataGateway.EmbeddedStore;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace MetadataGateway.Configuration;

/// <summary>
/// What a failed start says to the operator: for a bad setting one line with its key. Anything else is a defect, and keeps its stack trace.
/// </summary>
internal static class StartFailure
{
    // Whoever else runs the entry point, as a test does, wants the exception itself.
    private static readonly bool IsOwnProcess = Assembly.GetEntryAssembly() == typeof(StartFailure).Assembly;

    /// <summary>Null for what is no fault of the configuration, and outside the service's own process.</summary>
    public static string? ExplainHere(Exception failure) => IsOwnProcess ? Explain(failure) : null;

    internal static string? Explain(Exception failure) => failure switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        EmbeddedStoreException store => store.Message,
        InvalidDataException file => $"{file.Message} {file.InnerException?.Message}".TrimEnd(),
        IOException { InnerException: AddressInUseException } => $"urls: {failure.Message}",
        // An address that is none is told by the server as such, without where it came from.
        FormatException or InvalidOperationException when failure.Message.Contains("url", StringComparison.Ordinal) => $"urls: {failure.Message}",
        InvalidOperationException when KnownSettings.NamesOne(failure.Message) => failure.Message,
        _ => null,
    };
}
