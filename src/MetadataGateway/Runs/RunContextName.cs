using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Runs;

/// <summary>
/// The name of a run's context: workspace id, slash, run name. It carries the workspace because MLMD wants (type, name) unique, and the slash
/// keeps it apart from Argo workflow names, which the Kubeflow Pipelines v1 writer looks up over all context types. A run name that would make
/// it longer than MLMD's 255 bytes is replaced by its hash and kept in a custom property.
/// </summary>
internal static class RunContextName
{
    public const string FullNameProperty = "metadata-gateway/run";

    public static string Prefix(long workspaceId) => string.Create(CultureInfo.InvariantCulture, $"{workspaceId}/");

    public static string Of(long workspaceId, string run)
    {
        var name = Prefix(workspaceId) + run;
        return Encoding.UTF8.GetByteCount(name) <= TextRules.MaxNameBytes
            ? name
            : Prefix(workspaceId) + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)));
    }

    /// <summary>A new run context, or the reference to an existing one when the write reuses it.</summary>
    public static Context NewContext(long typeId, long workspaceId, string run)
    {
        var context = Unstored(workspaceId, run);
        context.TypeId = typeId;
        return context;
    }

    /// <summary>The context that the run would have: nothing is stored of it, and the store may not know the type.</summary>
    public static Context Unstored(long workspaceId, string run)
    {
        var context = new Context { Name = Of(workspaceId, run) };
        if (context.Name != Prefix(workspaceId) + run)
        {
            context.CustomProperties[FullNameProperty] = new Value { StringValue = run };
        }

        return context;
    }

    /// <summary>The run's own name.</summary>
    public static string RunNameOf(Context context) =>
        context.CustomProperties.GetValueOrDefault(FullNameProperty) is { HasStringValue: true } full
            ? full.StringValue
            : context.Name[(context.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
