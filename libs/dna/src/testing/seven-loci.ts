/** The seven core loci of nobody; tests change what they are about. */
export const SEVEN_LOCI: Record<
  'vWA' | 'TH01' | 'D21S11' | 'FGA' | 'D8S1179' | 'D3S1358' | 'D18S51',
  [string, string]
> = {
  vWA: ['17', '18'],
  TH01: ['6', '9.3'],
  D21S11: ['29', '31.2'],
  FGA: ['21', '24'],
  D8S1179: ['12', '13'],
  D3S1358: ['15', '16'],
  D18S51: ['14', '17'],
};
