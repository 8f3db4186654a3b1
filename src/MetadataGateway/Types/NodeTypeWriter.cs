using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Types;

/// <summary>Creates and extends types, and finds out beforehand what MLMD would refuse or ignore.</summary>
internal sealed class NodeTypeWriter(
    MetadataStoreService.MetadataStoreServiceClient client, TypeCache types, KubeflowTypeRegistry kubeflowTypes, KeyedLocks locks)
{
    private const int MaxAttempts = 4;

    /// <summary>The stored type after it was created or extended, or as it was when it has all that is declared.</summary>
    /// <param name="kind">Kind of the type.</param>
    /// <param name="declared">What it is to be.</param>
    /// <param name="mayExtend">Whether a stored type gets the properties that it lacks; else every difference is 409.</param>
    /// <param name="check">Ends the request when what is stored (null: nothing) forbids it.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<(RegisteredType Type, bool IsNew)> DeclareAsync(
        TypeKind kind, TypeDeclaration declared, bool mayExtend, Action<RegisteredType?> check, CancellationToken cancellationToken)
    {
        // Also because MLMD on PostgreSQL makes several types of one name when they are put at once.
        using var held = await locks.AcquireAsync($"{kind.Word}/{declared.Version}/{declared.Name}", cancellationToken);
        if (kind.IsPredefined(declared.Name, declared.Version))
        {
            // Nobody but the registry creates these.
            await kubeflowTypes.GetIdsAsync(cancellationToken);
        }

        for (var attempt = 1; ; attempt++)
        {
            var stored = await FindAsync(kind, declared, cancellationToken);
            check(stored);
            var missing = stored is null ? declared : MissingFrom(kind, stored, declared, mayExtend);
            if (missing is null)
            {
                return (stored!, false);
            }

            RequireOwnNames(missing);
            try
            {
                await kind.PutAsync(client, missing, canAddFields: stored is not null, canOmitFields: stored is not null, cancellationToken);
            }
            catch (RpcException exception) when (attempt < MaxAttempts && IsLostRace(exception.StatusCode))
            {
                continue;
            }

            return (await ReadBackAsync(kind, declared, cancellationToken), stored is null);
        }
    }

    // A writer of another process was first, with something else: with what is stored now it can be told what.
    private static bool IsLostRace(StatusCode status) => status is StatusCode.AlreadyExists or StatusCode.Unimplemented;

    private async Task<RegisteredType?> FindAsync(TypeKind kind, TypeDeclaration declared, CancellationToken cancellationToken)
    {
        var stored = await types.ReadAsync(kind, declared.Name, declared.Version, cancellationToken);
        // MLMD over MySQL would store a second type and never find it again.
        return stored is null || TypeCache.IsSpelt(stored, declared.Name, declared.Version)
            ? stored
            : throw new ProblemException(
                ProblemType.AlreadyExists, $"The metadata store takes {Describe(kind, declared)} for the stored {Describe(kind, stored)}.");
    }

    /// <summary>The properties to be added; null when there are none.</summary>
    private static TypeDeclaration? MissingFrom(TypeKind kind, RegisteredType stored, TypeDeclaration declared, bool mayExtend)
    {
        var comparison = TypeComparison.Of(stored, declared);
        var conflicts = mayExtend ? comparison.Conflicts : comparison.Differences;
        if (mayExtend && kind.IsPredefined(stored.Name, stored.Version))
        {
            // The SDK and the old Kubeflow server put these types with all fields to match, and fail for good when there is one more.
            conflicts = [.. conflicts, .. comparison.Additions.Keys.Select(name =>
                new Fault(TypeComparison.PathOf(name), "cannot be added to a type that Kubeflow and the gateway define."))];
        }

        if (conflicts.Count > 0)
        {
            throw Differs(kind, stored, conflicts);
        }

        return comparison.Additions.Count == 0 ? null : new TypeDeclaration(stored.Name, stored.Version, comparison.Additions);
    }

    // Records could never be given a value of it: the API keeps these names to itself.
    private static void RequireOwnNames(TypeDeclaration missing)
    {
        var faults = missing.Properties.Keys.Where(KubeflowPropertyNames.IsReserved)
            .Select(name => new Fault(TypeComparison.PathOf(name), $"'{name}' is written by the gateway itself.")).ToList();
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }
    }

    // The read also tells the cache. MLMD says OK to a type that somebody else created meanwhile with another description.
    private async Task<RegisteredType> ReadBackAsync(TypeKind kind, TypeDeclaration declared, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(kind, declared, cancellationToken)
            ?? throw new ProblemException(ProblemType.StoreFailed, $"{Describe(kind, declared)} was stored but cannot be read.");
        var conflicts = TypeComparison.Of(stored, declared).Conflicts;
        return conflicts.Count == 0 ? stored : throw Differs(kind, stored, conflicts);
    }

    private static ProblemException Differs(TypeKind kind, RegisteredType stored, IReadOnlyList<Fault> faults) => new(
        ProblemType.AlreadyExists, $"The stored {Describe(kind, stored)} differs: {string.Join(", ", faults.Select(fault => fault.Path))}.", faults);

    public static string Describe(TypeKind kind, TypeDeclaration type) => Describe(kind, type.Name, type.Version);

    public static string Describe(TypeKind kind, string name, string? version) =>
        version is null ? $"{kind.Word} '{name}'" : $"{kind.Word} '{name}', version '{version}',";
}
