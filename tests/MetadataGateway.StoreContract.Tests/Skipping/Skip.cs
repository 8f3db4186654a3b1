namespace MetadataGateway.StoreContract.Tests.Skipping;

/// <summary>Ends a <see cref="SkippableTheoryAttribute"/> test as skipped, for a reason that shows only while it runs.</summary>
internal static class Skip
{
    public static void Unless(bool possible, string reason)
    {
        if (!possible)
            throw new TestSkippedException(reason);
    }
}

internal sealed class TestSkippedException(string reason) : Exception(reason);
