using System.Globalization;
using Grpc.Core;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Adoption;

/// <summary>
/// How far adoption has come, kept in MLMD itself, so that restarts and other replicas go on from there: a context for each list. The API hides
/// it. MLMD cannot guard a context against two writers; a position that is lost or goes back only makes somebody look again at what is adopted.
/// </summary>
internal sealed class AdoptionState(MetadataStoreService.MetadataStoreServiceClient client)
{
    public const string TypeName = $"{KubeflowPropertyNames.ReservedPrefix}state";
    // As text: integers are 32 bits on MySQL and PostgreSQL.
    private const string PositionProperty = "position";
    private const string TokenProperty = "token";

    private long? _typeId;

    public async Task<ListPosition> LoadAsync(string list, CancellationToken cancellationToken) => PositionIn(await FindAsync(list, cancellationToken));

    /// <summary>Stores the position unless a later one is there; gives the later of the two.</summary>
    public async Task<ListPosition> SaveAsync(string list, ListPosition position, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(list, cancellationToken);
        if (stored is null)
        {
            try
            {
                await client.PutContextsAsync(new() { Contexts = { await NewAsync(list, position, cancellationToken) } }, cancellationToken: cancellationToken);
                return position;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
            {
                stored = await FindAsync(list, cancellationToken);
            }
        }

        if (PositionIn(stored) is var other && other.Id > position.Id)
        {
            return other;
        }

        var changed = stored!.Clone();
        Set(changed, position);
        await client.PutContextsAsync(
            new() { Contexts = { changed }, UpdateMask = new() { Paths = { $"custom_properties.{PositionProperty}", $"custom_properties.{TokenProperty}" } } },
            cancellationToken: cancellationToken);
        return position;
    }

    private async Task<Context?> FindAsync(string list, CancellationToken cancellationToken) =>
        (await client.GetContextByTypeAndNameAsync(new() { TypeName = TypeName, ContextName = NameOf(list) }, cancellationToken: cancellationToken)).Context;

    private static string NameOf(string list) => $"adoption/{list}";

    private static ListPosition PositionIn(Context? context) =>
        long.TryParse(context?.CustomProperties.GetText(PositionProperty), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new(id, context.CustomProperties.GetText(TokenProperty))
            : ListPosition.Start;

    private async Task<Context> NewAsync(string list, ListPosition position, CancellationToken cancellationToken)
    {
        var context = new Context { TypeId = await GetTypeIdAsync(cancellationToken), Name = NameOf(list) };
        Set(context, position);
        return context;
    }

    private static void Set(Context context, ListPosition position)
    {
        context.CustomProperties.SetText(PositionProperty, position.Id.ToString(CultureInfo.InvariantCulture));
        context.CustomProperties.SetText(TokenProperty, position.Token);
    }

    // Not before there is something to keep: a fresh store stays as it is.
    private async Task<long> GetTypeIdAsync(CancellationToken cancellationToken)
    {
        if (_typeId is null)
        {
            var type = new TypeDeclaration(TypeName, null, new Dictionary<string, PropertyType>());
            await TypeKind.Context.PutAsync(client, type, canAddFields: false, canOmitFields: true, cancellationToken);
            _typeId = (await TypeKind.Context.GetAsync(client, TypeName, null, cancellationToken)).Id;
        }

        return _typeId.Value;
    }
}
