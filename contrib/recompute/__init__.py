"""The marts of the sample, worked out from its workbooks and texts alone."""
