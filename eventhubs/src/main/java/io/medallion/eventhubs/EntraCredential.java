package io.medallion.eventhubs;

/** How a program proves to Microsoft Entra ID who it is. */
public enum EntraCredential {
  /** An app registration's secret, from {@code AZURE_CLIENT_SECRET} or a mounted file. */
  CLIENT_SECRET,
  /** The identity of the machine or node that the program runs on. */
  MANAGED_IDENTITY,
  /** A Kubernetes service account's token, in the file {@code AZURE_FEDERATED_TOKEN_FILE}. */
  WORKLOAD_IDENTITY
}
