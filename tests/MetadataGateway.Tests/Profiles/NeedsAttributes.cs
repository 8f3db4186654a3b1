using System.Reflection;
using Xunit.Sdk;

namespace MetadataGateway.Tests.Profiles;

/// <summary>A test of what some MLMD cannot do: not applicable with a profile that lacks it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(StoreAbility needed) => Skip = MlmdProfile.Current.Lacks(needed);
}

/// <summary>The same for all rows of a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(StoreAbility needed) => Skip = MlmdProfile.Current.Lacks(needed);
}

/// <summary>A row of a theory that is left out with a profile that lacks what it needs.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class NeedsDataAttribute(StoreAbility needed, params object?[] data) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => MlmdProfile.Current.Lacks(needed) is null ? [data] : [];
}
