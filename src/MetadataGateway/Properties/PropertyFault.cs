namespace MetadataGateway.Properties;

/// <summary>What is wrong with one property value in a request, and where.</summary>
/// <param name="Path">JSON path of the value, or of the part of it that is at fault.</param>
/// <param name="Message">A sentence for the API's user.</param>
internal sealed record PropertyFault(string Path, string Message);
