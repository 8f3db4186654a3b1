using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MetadataGateway.Errors;
using Value = MlMetadata.Value;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Lets no text through to MLMD over PostgreSQL that gets into its SQL or does not fit its columns, in reads and writes alike. It stands at the seam
/// because records hold more text than their request: the JSON of labels has a backslash for each quote in them.
/// </summary>
internal sealed class PostgreSqlGuard : Interceptor
{
    // PostgreSQL indexes the columns; an entry has to fit a third of a page of 8 KiB.
    private const int LongestText = 2600;
    private const int LongestName = 255;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (StoreLimits.RefusesBackslash && request is IMessage message && FindFault(message, "") is { } fault)
        {
            throw ProblemException.Invalid(fault.Path, fault.Message);
        }

        return continuation(request, context);
    }

    /// <summary>The first text that MLMD over PostgreSQL must not get; null when there is none.</summary>
    internal static Fault? FindFault(IMessage message, string path)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var name = field.JsonName;
            if (field.IsMap)
            {
                foreach (System.Collections.DictionaryEntry entry in (System.Collections.IDictionary)field.Accessor.GetValue(message))
                {
                    if (FindPropertyFault((string)entry.Key, entry.Value, name) is { } fault)
                    {
                        return fault;
                    }
                }
            }
            else if (field.IsRepeated)
            {
                foreach (var element in (System.Collections.IEnumerable)field.Accessor.GetValue(message))
                {
                    if (FindFault(field, element, name) is { } fault)
                    {
                        return fault;
                    }
                }
            }
            else if (field.Accessor.HasValue(message) && FindFault(field, field.Accessor.GetValue(message), name) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static Fault? FindFault(FieldDescriptor field, object value, string path) => (field.FieldType, value) switch
    {
        (FieldType.String, string text) => FindTextFault(text, path, path == "uri" ? LongestText : path is "name" or "externalId" ? LongestName : int.MaxValue),
        (FieldType.Message, IMessage and not (Struct or Any or Value)) => FindFault((IMessage)value, path),
        _ => null,
    };

    private static Fault? FindPropertyFault(string name, object? value, string map) =>
        FindTextFault(name, $"{map}.{name}", LongestName) ?? value switch
        {
            Value { HasStringValue: true } text => FindTextFault(text.StringValue, $"{map}.{name}", LongestText - Encoding.UTF8.GetByteCount(name)),
            // In base64, so no character of it can do harm.
            Value { StructValue: { } fields } when fields.CalculateSize() * 4 / 3 > LongestText - name.Length => TooLong($"{map}.{name}"),
            _ => null,
        };

    private static Fault? FindTextFault(string text, string path, int longest) =>
        text.Contains('\\', StringComparison.Ordinal)
            ? new Fault(path, "cannot be sent to MLMD over PostgreSQL: it has a backslash, or is JSON with a character that needs one (quotes, line breaks, all but ASCII).")
            : Encoding.UTF8.GetByteCount(text) > longest ? TooLong(path) : null;

    private static Fault TooLong(string path) => new(path, "is too long for MLMD over PostgreSQL.");
}
